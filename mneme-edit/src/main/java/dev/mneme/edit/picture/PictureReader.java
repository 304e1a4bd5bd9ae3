package dev.mneme.edit.picture;

import dev.mneme.edit.picture.PictureException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JPEG (also CMYK and YCCK), PNG, WebP and GIF files into 8-bit sRGB. First the whole file is
 * walked and its size checked, only then are pixels decoded; a file that is not whole is an error,
 * never half a picture. Of an animation the first frame is read. Orientation is applied,
 * transparency kept, 16 bits are rounded to 8.
 */
public final class PictureReader {
  private final PictureLimits limits;

  /** A reader with {@link PictureLimits#USUAL}. */
  public PictureReader() {
    this(PictureLimits.USUAL);
  }

  public PictureReader(PictureLimits limits) {
    this.limits = limits;
  }

  /** Reads a file. */
  public PictureFile read(Path file) throws PictureException {
    return decode(load(file));
  }

  /**
   * Reads the content of a file that is in memory.
   *
   * @param name what to call it in messages
   */
  public PictureFile read(byte[] content, String name) throws PictureException {
    return decode(checked(new FileBytes(content, name)));
  }

  /** Format, size and frames; fails as reading would for anything but damaged pixels. */
  public PictureHeader header(Path file) throws PictureException {
    FileFacts facts = FileFacts.of(load(file), limits);
    boolean swapped = Orientation.swapsSides(facts.orientation());
    return new PictureHeader(
        facts.format(),
        swapped ? facts.height() : facts.width(),
        swapped ? facts.width() : facts.height(),
        facts.frames());
  }

  /** Facts of a file, for those who want neither pixels nor size. */
  FileFacts facts(Path file) throws PictureException {
    return FileFacts.of(load(file), limits);
  }

  private PictureFile decode(FileBytes file) throws PictureException {
    FileFacts facts = FileFacts.of(file, limits);
    List<String> notes = new ArrayList<>(facts.notes());
    if (facts.frames() > 1) {
      notes.add("An animation of " + facts.frames() + " frames: only the first one is used");
    }
    RasterImage stored = PixelDecoder.decode(file, facts, notes::add);
    RasterImage shown = Orientation.apply(stored, facts.orientation());
    return new PictureFile(shown, facts.format(), facts.provenance(), notes);
  }

  private FileBytes load(Path file) throws PictureException {
    String name = file.toString();
    if (!Files.exists(file)) {
      throw new PictureException(
          Kind.NOT_FOUND,
          name,
          "expected a picture file, found nothing",
          "Check the name and the folder");
    }
    if (Files.isDirectory(file)) {
      throw new PictureException(
          Kind.IS_DIRECTORY,
          name,
          "expected a picture file, found a folder",
          "Name one file inside it");
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("a device or a pipe");
      }
      if (Files.size(file) > limits.fileBytes()) {
        throw tooManyBytes(name, Files.size(file));
      }
      return checked(new FileBytes(Files.readAllBytes(file), name));
    } catch (PictureException e) {
      throw e;
    } catch (IOException e) {
      throw new PictureException(
          Kind.NOT_READABLE,
          name,
          "expected a readable file, found "
              + e.getClass().getSimpleName()
              + " ("
              + e.getMessage()
              + ")",
          "Check its permissions and the disk",
          e);
    }
  }

  private FileBytes checked(FileBytes file) throws PictureException {
    if (file.length() == 0) {
      throw new PictureException(
          Kind.EMPTY,
          file.name(),
          "expected a picture file, found zero bytes",
          "Fetch or export the file again");
    }
    if (file.length() > limits.fileBytes()) {
      throw tooManyBytes(file.name(), file.length());
    }
    return file;
  }

  private PictureException tooManyBytes(String name, long bytes) {
    return new PictureException(
        Kind.TOO_LARGE,
        name,
        "expected a file of at most %d bytes, found %d".formatted(limits.fileBytes(), bytes),
        "Reduce the picture, or raise the limit");
  }
}
