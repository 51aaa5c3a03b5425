import os
import tempfile
import unittest

from main import Arrivals


class ArrivalsTest(unittest.TestCase):
    def test_fires_while_it_is_started(self):
        with tempfile.TemporaryDirectory() as folder:
            fired = []
            arrivals = Arrivals(folder, lambda event, payload: fired.append((event, payload)))
            arrivals.start()
            open(os.path.join(folder, "letter.txt"), "w").close()
            os.mkdir(os.path.join(folder, "drafts"))
            arrivals.look()
            arrivals.stop()
            open(os.path.join(folder, "late.txt"), "w").close()
            arrivals.look()
            self.assertEqual(fired, [("arrived", {"name": "letter.txt"})])


if __name__ == "__main__":
    unittest.main()
