package dev.mneme.cli;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.words.Asked;
import java.util.Optional;

/**
 * One operator's part in a result.
 *
 * @param operator its digest
 * @param asked the wish it answers; nothing where it was kept or shown
 * @param where it was used; empty for everywhere
 */
record Step(String operator, Optional<Asked> asked, Optional<Mask> where) {}
