import os
import tempfile
import unittest

from jlp import CallError
from main import execute


class ExecuteTest(unittest.TestCase):
    def test_writes_a_line(self):
        with tempfile.TemporaryDirectory() as folder:
            notes = os.path.join(folder, "notes.txt")
            self.assertEqual(execute({"text": "one"}, notes), {"lines": 1})
            self.assertEqual(execute({"text": "two"}, notes), {"lines": 2})

    def test_refuses_what_is_no_line(self):
        for params in ({}, {"text": 7}, {"text": "one\ntwo"}):
            with self.assertRaises(CallError):
                execute(params, os.devnull)


if __name__ == "__main__":
    unittest.main()
