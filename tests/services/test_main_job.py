"""The main job from beginning to end, as the self-test and a machine without a display do it."""

import openpyxl

from smartct_desktop.services.main_job import do_main_job
from smartct_desktop.services.opening import open_document


def test_that_the_main_job_comes_out(tmp_path):
    told = []
    job = do_main_job(tmp_path, told.append)
    assert any("Imported Exchanges_Leipzig" in line for line in told)
    assert any("Finding IMP-10" in line for line in told)
    for report in job.reports:
        assert openpyxl.load_workbook(report).sheetnames
    document = open_document(job.document)
    try:
        assert document.read.total("exchange") == job.plan.counts.add
        assert document.read.next_undo().label.startswith("change of Remark")
    finally:
        document.close()
