"""All deeds, and those that show that harm would be seen."""

from tests.faults.deeds import CARELESS, DOCUMENT_DEEDS, FORGETFUL
from tests.faults.file_deeds import FILE_DEEDS, HASTY
from tests.faults.forgetting import FORGETTING
from tests.faults.password_deeds import PASSWORD_DEEDS

DEEDS = (*DOCUMENT_DEEDS, *FILE_DEEDS, *PASSWORD_DEEDS, FORGETTING)
CONTROLS = (CARELESS, FORGETFUL, HASTY)
