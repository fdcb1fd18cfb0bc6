"""What a person does with suggestions, said once for every journey."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page


def send_photograph(page: Page, *files: Path) -> None:
    """Choose photographs and wait for the rows."""
    page.set_input_files("#photo-input", [str(file) for file in files])
    page.wait_for_selector("#suggested-form")


def pick(page: Page, name: str = "", row: int = 0) -> str:
    """Pick a food for a row: one by name, else the first that is offered, else 김치찌개. Returns its name."""
    fieldset = page.locator(".pick").nth(row)
    if not name and fieldset.locator(".chip").count() == 0:
        name = "김치찌개"
    if name:
        fieldset.locator("input[type=search]").fill(name)
        fieldset.locator(".chip", has_text=name).first.wait_for()
    chip = fieldset.locator(".chip", has_text=name).first if name else fieldset.locator(".chip").first
    chip.click()
    return fieldset.locator("[data-title]").inner_text()


def sum_of(page: Page) -> str:
    """Read the energy that the rows add up to."""
    return page.locator("[data-sum-kcal]").inner_text()


def confirm(page: Page) -> None:
    """Write the rows down and wait until the sheet is gone."""
    page.locator("#suggested-go").click()
    page.locator("dialog[open]").wait_for(state="detached")
