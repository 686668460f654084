"""The web application: xlwings-server with our functions, macros and task pane, behind our limits.

xlwings-server imports what it serves by fixed names. They are made here instead of lying as loose modules in
a folder: what an address can call is exactly what is registered.
"""

import sys
from collections.abc import Mapping
from types import ModuleType

from hoka_excel import limits
from hoka_excel.addin.login import token_check
from hoka_excel.addin.panel import panel_routes
from hoka_excel.addin.reports import Reports
from hoka_excel.addin.request_guards import Application, known_host, limited, same_site
from hoka_excel.addin.scripts import registered_scripts
from hoka_excel.addin.settings import ServerSettings
from hoka_excel.addin.worksheet_functions import registered_functions
from hoka_excel.core.messages import Message


def application(settings: ServerSettings) -> Application:
    """Make the application; the environment must hold the settings already.

    Raises:
        ImportError: xlwings-server is not installed.
    """
    # xlwings looks for the browser's Python at every cell it reads; known to be missing, it costs nothing.
    sys.modules.setdefault("pyodide", None)  # type: ignore[arg-type] # None is how Python notes a missing module
    reports = Reports(limits.REPORTS.current)
    _offer("custom_functions", registered_functions())
    _offer("custom_scripts", registered_scripts(reports))
    if settings.token is not None:
        _offer("auth.token", {"validate_token": token_check(settings.token)})

    from xlwings_server.main import app, main_app  # noqa: PLC0415 - only a server needs it

    app.include_router(panel_routes(reports))
    refusal = Message("addin.too_large", limits.REQUEST_MB.told).render()
    bounds = limits.REQUEST_MB.in_bytes, limits.REQUEST_SECONDS.current
    guarded = same_site(limited(main_app, *bounds, refusal), settings.public_name)
    return known_host(guarded, settings.allowed_hosts)


def _offer(name: str, members: Mapping[str, object]) -> None:
    module = ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
