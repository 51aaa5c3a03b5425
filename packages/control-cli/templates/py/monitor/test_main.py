import os
import tempfile
import unittest

from main import Arrivals


class ArrivalsTest(unittest.TestCase):
    def test_says_what_came(self):
        with tempfile.TemporaryDirectory() as folder:
            heard = []
            arrivals = Arrivals(folder, lambda name, payload: heard.append((name, payload)))
            arrivals.poll()
            self.assertEqual(heard, [])
            open(os.path.join(folder, "letter.txt"), "w").close()
            os.mkdir(os.path.join(folder, "drafts"))
            arrivals.poll()
            self.assertEqual(heard, [("arrived", {"files": ["letter.txt"]})])


if __name__ == "__main__":
    unittest.main()
