import sys

from leitai.site.cli import main

sys.exit(main())
