package dev.mneme.edit.learn;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.RandomLook;
import dev.mneme.edit.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes examples that no sentence describes: a look, and one to four pairs that show it on other
 * photographs.
 *
 * @param encoder reads the sentence that stands for examples
 * @param tile side of a tile
 */
record ShownMaker(TextEncoder encoder, int tile) {
  /** What such examples are labelled. */
  static final String SHOWN = Editor.SHOWN;

  private static final int MOST = 4;

  /** One example. Looks to learn have seeds with bit 62 set, those to measure with small ones. */
  EditExample make(List<Photo> photos, Picture clean, RandomGenerator random) {
    RandomLook look = new RandomLook(random.nextLong() | 1L << 62);
    List<Shown> pairs = new ArrayList<>();
    int count = 1 + random.nextInt(MOST);
    for (int i = 0; i < count; i++) {
      pairs.addAll(pair(look, photos, random));
    }
    ExampleMaker.Cut cut = ExampleMaker.Cut.draw(clean.width(), clean.height(), tile, random);
    return new EditExample(
        SHOWN,
        Shown.SENTENCE,
        encoder.encode(Shown.SENTENCE),
        cut.glance(clean),
        cut.of(new EditPair(clean, look.apply(clean))),
        cut.place(clean.width(), clean.height()),
        pairs);
  }

  /** A pair as large as a tile, or four parts of one of twice its sides. */
  private List<Shown> pair(RandomLook look, List<Photo> photos, RandomGenerator random) {
    int side = random.nextBoolean() ? tile : 2 * tile;
    Photo photo = photos.get(random.nextInt(photos.size()));
    Picture before = Window.draw(photo, side, side, random).of(photo);
    Picture after = look.apply(before);
    return Shown.parts(
        side,
        side,
        tile,
        (x, y) -> before.crop(x, y, tile, tile),
        (x, y) -> after.crop(x, y, tile, tile));
  }
}
