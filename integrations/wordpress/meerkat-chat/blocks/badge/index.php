<?php
// Silence is golden: folders are not listed.
