package dev.mneme.cli;

/** What the command tells the shell; {@code docs/command.md} has the same table. */
public enum ExitCode {
  /** Everything asked for was done. */
  OK(0),
  /** A fault of this program. */
  INTERNAL_ERROR(1),
  /** An option or argument that cannot be meant. */
  USAGE(2),

  /** There is no such file. */
  NOT_FOUND(10),
  /** A file exists and cannot be read. */
  NOT_READABLE(11),
  /** A folder where a file was expected. */
  IS_DIRECTORY(12),
  /** A file of zero bytes, or a folder without pictures. */
  EMPTY(13),
  /** A file that is no picture. */
  NOT_A_PICTURE(14),
  /** A picture with its end missing or its data damaged. */
  TRUNCATED(15),
  /** More pixels or bytes than allowed. */
  TOO_LARGE(16),
  /** A kind of file that is not read, or not written. */
  UNSUPPORTED(17),

  /** The target cannot be written. */
  CANNOT_WRITE(20),
  /** The disk of the target is full. */
  DISK_FULL(21),

  /** A sentence without a word that is known. */
  UNUSABLE_SENTENCE(30),
  /** A strength that is no number from 0 to 2. */
  BAD_STRENGTH(31),
  /** A condition that this generator cannot read. */
  UNUSABLE_CONDITION(32),
  /** A sentence that asks for nothing the editor knows. */
  UNKNOWN_WISH(33),
  /** A mask of another size than its photo, or a place in words that the photo does not show. */
  MASK_MISMATCH(34),
  /** The two photos of an example pair differ in size. */
  EXAMPLE_MISMATCH(35),
  /** A sentence of nothing but white space. */
  BLANK_SENTENCE(36),
  /** A sentence of more characters than are read. */
  LONG_SENTENCE(37),
  /** A sentence in a script that is not read. */
  OTHER_SCRIPT(38),

  /** A model is not there. */
  MODEL_MISSING(40),
  /** A model file is damaged, or no model. */
  MODEL_CORRUPT(41),
  /** A model was written by another version. */
  MODEL_VERSION(42),
  /** An adapter is for another model, or no plain LoRA. */
  ADAPTER_MISMATCH(43),

  /** Memory ran out. */
  OUT_OF_MEMORY(50),

  /** A run's directory belongs to a run with other options or data. */
  OTHER_RUN(60),
  /** A run that was done again gave other numbers. */
  NOT_REPEATED(61),
  /** Training met a number that is not one. */
  DIVERGED(62),
  /** Lines of a manifest are not as they must be. */
  BAD_MANIFEST(63),
  /** A task that a user brought cannot be used. */
  BAD_TASK(64);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number the shell sees. */
  public int code() {
    return code;
  }
}
