"""An application with Authlib: prints where to send the browser, reads where it came back, and prints what became of it."""
import json
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.oidc.core import CodeIDToken

issuer, client_id, secret, redirect_uri = sys.argv[1:]
metadata = requests.get(issuer + "/.well-known/openid-configuration").json()
keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"]).json())
session = OAuth2Session(
    client_id, secret, redirect_uri=redirect_uri, scope="openid email offline_access", code_challenge_method="S256"
)


def claims_of(token, **expected):
    options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}
    params = {"client_id": client_id, "access_token": token["access_token"], **expected}
    claims = jwt.decode(token["id_token"], keys, claims_cls=CodeIDToken, claims_options=options, claims_params=params)
    claims.validate()
    return claims


def introspect(token):
    endpoint = metadata["introspection_endpoint"]
    return session.introspect_token(endpoint, token=token["access_token"], token_type_hint="access_token").json()


verifier, nonce = generate_token(48), generate_token(20)
url, state = session.create_authorization_url(
    metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce, prompt="consent"
)
print(url, flush=True)
back = sys.stdin.readline().strip()
first = dict(
    session.fetch_token(metadata["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier)
)
said = {"claims": claims_of(first, nonce=nonce), "userinfo": session.get(metadata["userinfo_endpoint"]).json()}
second = dict(session.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"]))
said |= {"refreshed": claims_of(second), "rotated": first["refresh_token"] != second["refresh_token"]}
said["active"] = introspect(second)
session.revoke_token(metadata["revocation_endpoint"], token=second["access_token"], token_type_hint="access_token")
said["revoked"] = introspect(second)
print(json.dumps(said))
