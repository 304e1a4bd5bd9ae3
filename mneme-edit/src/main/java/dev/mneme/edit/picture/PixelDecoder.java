package dev.mneme.edit.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.mneme.edit.picture.PictureException.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes the pixels of a file whose facts are known and within limits. */
final class PixelDecoder {
  private PixelDecoder() {}

  /**
   * The first frame, not yet turned; what the decoder complains about without harm goes to {@code
   * notes}.
   */
  static RasterImage decode(FileBytes file, FileFacts facts, Consumer<String> notes)
      throws PictureException {
    ImageReader reader = reader(file, facts.format());
    AtomicReference<String> damage = new AtomicReference<>();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (isDamage(warning)) {
            damage.compareAndSet(null, warning);
          } else if (warning.contains("CMYK")) {
            notes.accept("This CMYK picture has no colour profile: its colours are estimated");
          } else {
            notes.accept("The decoder says: " + warning);
          }
        });
    try (ImageInputStream in = new ByteArrayImageInputStream(file.data())) {
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      if (damage.get() != null) {
        throw file.damaged("found damaged data (" + damage.get() + ")");
      }
      return PixelConverter.convert(image, facts.width(), facts.height());
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders meet damaged data with whatever their code happens to trip over.
      throw file.damaged("found damaged data (" + e + ")", e);
    } catch (OutOfMemoryError e) {
      throw new PictureException(
          Kind.TOO_LARGE,
          file.name(),
          "expected a picture that fits the memory of this process, found %d x %d"
              .formatted(facts.width(), facts.height()),
          "Give Java more memory (-Xmx) or reduce the picture",
          e);
    } finally {
      reader.dispose();
    }
  }

  /** Whether a warning means wrong pixels; libjpeg speaks like this. */
  private static boolean isDamage(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("premature end")
        || text.contains("truncated")
        || text.contains("eoi")
        || text.contains("huffman")
        || text.contains("bad progression")
        || text.contains("instead of rst");
  }

  /** Prefers the readers that know CMYK and colour profiles over those of the platform. */
  private static ImageReader reader(FileBytes file, PictureFormat format) throws PictureException {
    ImageReader chosen = null;
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format.extension());
        all.hasNext(); ) {
      ImageReader next = all.next();
      if (chosen == null || next.getClass().getName().startsWith("com.twelvemonkeys.")) {
        chosen = next;
      }
    }
    if (chosen == null) {
      throw file.unsupported(
          "found " + format + ", which this Java installation has no reader for",
          "Put com.twelvemonkeys.imageio on the class path, or convert the file to PNG");
    }
    return chosen;
  }
}
