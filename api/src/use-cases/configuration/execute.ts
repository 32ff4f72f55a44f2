import type { Change } from './change.ts'
import { changeApplication, createApplication } from './execute-application.ts'
import { addDomain, changeOrganization, createOrganization, setDefault, setPolicy } from './execute-organization.ts'
import { setProject } from './execute-project.ts'
import { changeServiceUser, createServiceUser } from './execute-service-user.ts'
import { changeUser, createUser } from './execute-user.ts'
import type { Execution } from './execution.ts'

/** Makes one change, with its event. */
export function execute(execution: Execution, change: Change): Promise<void> {
  switch (change.kind) {
    case 'create_organization':
      return createOrganization(execution, change)
    case 'change_organization':
      return changeOrganization(execution, change)
    case 'add_domain':
      return addDomain(execution, change)
    case 'set_default':
      return setDefault(execution, change)
    case 'set_policy':
      return setPolicy(execution, change)
    case 'create_application':
      return createApplication(execution, change)
    case 'change_application':
      return changeApplication(execution, change)
    case 'create_user':
      return createUser(execution, change)
    case 'change_user':
      return changeUser(execution, change)
    case 'set_project':
      return setProject(execution, change)
    case 'create_service_user':
      return createServiceUser(execution, change)
    case 'change_service_user':
      return changeServiceUser(execution, change)
  }
}
