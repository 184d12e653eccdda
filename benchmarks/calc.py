"""Has a running LibreOffice Calc filter or sort its sheet; runs on the Python it is installed with.

Run as `python3 calc.py filter|sort WORD`; prints the moment at which it began.
"""

import sys
import time

import uno  # type: ignore[import-not-found]  # comes with LibreOffice
from com.sun.star.sheet.FilterOperator2 import CONTAINS  # type: ignore[import-not-found]

COLUMN = 1


def main() -> None:
    deed, word = sys.argv[1:]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    there = resolver.resolve("uno:pipe,name=against;urp;StarOffice.ComponentContext")
    desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
    sheet = desktop.CurrentComponent.CurrentController.ActiveSheet
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    address = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, address.EndColumn, address.EndRow)
    if deed == "filter":
        wanted = uno.createUnoStruct("com.sun.star.sheet.TableFilterField2")
        wanted.Field, wanted.Operator, wanted.StringValue = COLUMN, CONTAINS, word
        filter_ = rows.createFilterDescriptor(True)
        filter_.ContainsHeader = True
        filter_.setFilterFields2((wanted,))
        begun = time.perf_counter()
        rows.filter(filter_)
    else:
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = COLUMN, True
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        wanted = {"SortFields": fields, "ContainsHeader": True}
        values = [uno.createUnoStruct("com.sun.star.beans.PropertyValue") for _ in wanted]
        for value, (name, given) in zip(values, wanted.items(), strict=True):
            value.Name, value.Value = name, given
        begun = time.perf_counter()
        rows.sort(tuple(values))
    print(begun)


main()
