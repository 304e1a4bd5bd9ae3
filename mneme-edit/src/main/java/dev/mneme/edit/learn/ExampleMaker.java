package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Resize;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes one example from a photograph, a task and a sentence.
 *
 * @param wording which sentences are drawn
 * @param encoder reads them
 * @param tile side of a tile
 * @param composed share of examples, in [0, 1], whose sentence asks for a second thing too
 * @param shown share of examples, in [0, 1], that pairs say instead, see {@link ShownMaker}
 */
public record ExampleMaker(
    Wording wording, TextEncoder encoder, int tile, double composed, double shown) {
  /** What examples with two wishes are labelled. */
  public static final String COMPOSED = "composed";

  /** Tiles begin at multiples of this, so that a grid in the picture is a grid in every tile. */
  static final int ALIGN = 16;

  /** Longest side of a picture that a tile is cut from, in training and in measuring. */
  private static final int LARGEST = 512;

  private static final int LARGEST_MEASURED = 256;

  /** Examples in words alone. */
  public ExampleMaker(Wording wording, TextEncoder encoder, int tile, double composed) {
    this(wording, encoder, tile, composed, 0);
  }

  /**
   * Makes one example; the generator decides everything that is not given.
   *
   * @param photos one is drawn
   * @param whole whether the tile is the whole picture
   */
  public EditExample make(
      EditTask task, List<Photo> photos, RandomGenerator random, boolean whole) {
    int width = whole ? tile : side(random);
    int height = whole ? tile : side(random);
    Photo photo = photos.get(random.nextInt(photos.size()));
    Picture clean = Window.draw(photo, width, height, random).of(photo);
    if (shown > 0 && random.nextDouble() < shown) {
      return new ShownMaker(encoder, tile).make(photos, clean, random);
    }
    Optional<Composition> both =
        composed > 0 && random.nextDouble() < composed
            ? Composition.draw(task, wording, random)
            : Optional.empty();
    EditPair pair =
        both.isPresent()
            ? both.get().apply(clean, wording, random)
            : TrainingPairs.draw(task, clean, wording, TrainingPairs.INTACT, random);
    Cut cut = Cut.draw(width, height, tile, random);
    String sentence =
        both.isPresent() ? both.get().sentence(wording, random) : wording.sentence(task, random);
    TextStates text = encoder.encode(sentence);
    String label = both.isPresent() ? COMPOSED : task.name();
    TextStates heard = wording == Wording.TRAIN ? TextJitter.of(text, random) : text;
    return new EditExample(
        label,
        sentence,
        heard,
        cut.glance(pair.source()),
        cut.of(pair),
        cut.place(width, height),
        List.of());
  }

  /** Which tile of a picture is looked at. */
  record Cut(int x, int y, int tile) {
    static Cut draw(int width, int height, int tile, RandomGenerator random) {
      int x = ALIGN * random.nextInt((width - tile) / ALIGN + 1);
      int y = ALIGN * random.nextInt((height - tile) / ALIGN + 1);
      return new Cut(x, y, tile);
    }

    EditPair of(EditPair pair) {
      return new EditPair(
          pair.source().crop(x, y, tile, tile), pair.target().crop(x, y, tile, tile));
    }

    float[] place(int width, int height) {
      return new float[] {
        (float) x / width,
        (float) y / height,
        (float) (x + tile) / width,
        (float) (y + tile) / height
      };
    }

    /** All of the picture, as large as a tile. */
    Picture glance(Picture whole) {
      boolean fits = whole.width() == tile && whole.height() == tile;
      return fits ? whole : Resize.to(whole, tile, tile);
    }
  }

  /** Measured on all sides alike; learned on more small pictures than large ones. */
  private int side(RandomGenerator random) {
    if (!wording.trains()) {
      int spare = Math.max(0, (LARGEST_MEASURED - tile) / ALIGN);
      return ALIGN * (tile / ALIGN + random.nextInt(spare + 1));
    }
    double octaves = Math.log((double) Math.max(LARGEST, tile) / tile);
    return ALIGN * (int) (tile / ALIGN * Math.exp(octaves * random.nextDouble()));
  }
}
