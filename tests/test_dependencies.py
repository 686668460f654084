"""What we depend on has no known vulnerability, as far as a list of vulnerabilities can be reached."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

_SECONDS = 240


@pytest.mark.skipif(importlib.util.find_spec("pip_audit") is None, reason="pip-audit is not installed")
def test_no_installed_package_has_a_known_vulnerability(tmp_path: Path) -> None:
    report = tmp_path / "audit.json"
    options = ["--skip-editable", "--progress-spinner", "off", "--timeout", "5"]
    command = [sys.executable, "-m", "pip_audit", *options, "--format", "json", "--output", str(report)]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.skip("the list of vulnerabilities does not answer")
    if not report.exists():
        pytest.skip("the list of vulnerabilities cannot be reached")
    packages = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        pytest.skip(f"no list of vulnerabilities knows any of the {len(packages)} packages")
    assert not {package["name"]: package["vulns"] for package in audited if package["vulns"]}
