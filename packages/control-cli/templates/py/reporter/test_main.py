import os
import tempfile
import unittest

from jlp import CallError
from main import collect, report


class ReporterTest(unittest.TestCase):
    def test_measures_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "letter.txt"), "w") as file:
                file.write("Dear Ada")
            with open(os.path.join(folder, ".hidden"), "w") as file:
                file.write("not counted")
            self.assertEqual(collect({"metrics": ["bytes"]}, folder), {"bytes": 8})
            self.assertEqual(report({"format": "text"}, folder), "1 files, 8 bytes")
            self.assertEqual(report({"metrics": {"files": 3}, "format": "text"}, folder), "3 files")

    def test_refuses_what_it_cannot_measure(self):
        with self.assertRaises(CallError):
            collect({"metrics": ["love"]}, ".")


if __name__ == "__main__":
    unittest.main()
