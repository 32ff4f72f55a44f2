"""A program with Authlib: gets a token by its secret for an API, which verifies it by itself."""
import json
import sys

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt

issuer, client_id, secret, resource = sys.argv[1:]
metadata = requests.get(issuer + "/.well-known/openid-configuration").json()
session = OAuth2Session(client_id, secret)
token = session.fetch_token(metadata["token_endpoint"], grant_type="client_credentials", resource=resource)

keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"]).json())
claims = jwt.decode(token["access_token"], keys)
claims.options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": resource}}
claims.validate()
print(json.dumps({"header": claims.header, "claims": claims}))
