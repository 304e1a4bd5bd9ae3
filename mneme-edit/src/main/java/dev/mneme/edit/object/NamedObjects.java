package dev.mneme.edit.object;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.region.ObjectFinder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Finds objects by name with a trained {@link FinderNet}. Its weights are read when the first
 * object is sought. Safe for any number of threads.
 */
public final class NamedObjects implements ObjectFinder {
  /** What its folder is called among models. */
  public static final String FOLDER = "objects";

  /** Least that the surest cells must reach for the object to be there. */
  static final float THERE = 0.5f;

  private final Path folder;
  private final TextEncoder encoder;
  private FinderNet net; // null until needed; guarded by this

  private NamedObjects(Path folder, TextEncoder encoder) {
    this.folder = folder;
    this.encoder = encoder;
  }

  /**
   * What a folder of models finds.
   *
   * @param models may hold {@value #FOLDER}; without it nothing is found
   * @param encoder reads names; must stay open
   */
  public static ObjectFinder of(Path models, TextEncoder encoder) {
    Path folder = models.resolve(FOLDER);
    return Files.isDirectory(folder) ? new NamedObjects(folder, encoder) : ObjectFinder.NONE;
  }

  /**
   * @throws UncheckedIOException if the weights cannot be read
   */
  @Override
  public Optional<Found> find(RasterImage photo, String name) {
    FinderNet finder = net();
    int side = finder.config().side();
    Picture whole = photo.toPicture(0, 0, photo.width(), photo.height(), side, side).clamped();
    float[] amounts = amounts(finder, whole, encoder.encode(name));
    float most = 0;
    for (float amount : amounts) {
      most = Math.max(most, amount);
    }
    return most < THERE
        ? Optional.empty()
        : Optional.of(new Found(finder.config().cells(), amounts));
  }

  /** How much of each cell a name fits, in [0, 1]. */
  static float[] amounts(FinderNet net, Picture picture, TextStates name) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      int side = net.config().side();
      var logits =
          net.forward(
              Tensors.fromFloats(picture.rgb(), 1, 3, side, side), net.names(List.of(name)));
      return Tensors.toFloats(logits.softmax(2).select(2, 1));
    }
  }

  private synchronized FinderNet net() {
    if (net == null) {
      try {
        Engine.start();
        net = FinderModel.load(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return net;
  }
}
