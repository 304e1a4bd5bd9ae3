package dev.mneme.edit.region;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.RasterImage;

/**
 * A place in a photograph, said by what it is rather than where its pixels are. Immutable; the same
 * region serves any photograph.
 */
public final class Region {
  private final String name;
  private final Shape shape; // where it has one, the place lies alike in every photograph
  private final Sight sight; // where it has neither, it is an object
  private final boolean inverted;
  private final String object; // what to look for then

  private Region(String name, Shape shape, Sight sight, String object, boolean inverted) {
    this.name = name;
    this.shape = shape;
    this.sight = sight;
    this.object = object;
    this.inverted = inverted;
  }

  /**
   * A region by a short definition: {@code box LEFT TOP RIGHT BOTTOM} with shares of the width and
   * height from 0 to 1, {@code centre}, {@code corners}, {@code border}, {@code sky}, {@code
   * subject}, or {@code hue DEGREES REACH CHROMA} in Oklab.
   *
   * @param name what people call it
   * @throws IllegalArgumentException if the definition is something else
   */
  public static Region of(String name, String definition) {
    String[] words = definition.strip().split("\\s+");
    double[] numbers = new double[words.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(words[i + 1]);
    }
    return switch (words[0] + " " + numbers.length) {
      case "box 4" -> shape(name, Shape.box(numbers[0], numbers[1], numbers[2], numbers[3]));
      case "centre 0" -> shape(name, Shape.centre());
      case "corners 0" -> shape(name, Shape.corners());
      case "border 0" -> shape(name, Shape.border());
      case "sky 0" -> sight(name, new Sky());
      case "subject 0" -> sight(name, new Subject());
      case "hue 3" -> sight(name, new Hue(numbers[0], numbers[1], numbers[2]));
      default ->
          throw new IllegalArgumentException(
              "Expected a region such as \"box 0 0 0.5 1\" or \"sky\", found \""
                  + definition
                  + '"');
    };
  }

  /**
   * A thing, wherever it is.
   *
   * @param name what it is called, in English or Chinese
   */
  public static Region object(String name) {
    return new Region(name, null, null, name, false);
  }

  private static Region shape(String name, Shape shape) {
    return new Region(name, shape, null, null, false);
  }

  private static Region sight(String name, Sight sight) {
    return new Region(name, null, sight, null, false);
  }

  /** What people call it: {@code sky}, {@code left half}, {@code all but the sky}. */
  public String name() {
    return name;
  }

  /**
   * Everything else.
   *
   * @param newName what people call that
   */
  public Region inverted(String newName) {
    return new Region(newName, shape, sight, object, !inverted);
  }

  /** As {@link #in(RasterImage, ObjectFinder)}, where no object can be found. */
  public Mask in(RasterImage photo) {
    return in(photo, ObjectFinder.NONE);
  }

  /**
   * Where the place is in a photograph: 1 inside, 0 outside, fading over a few pixels along the
   * photograph's own edges; a place that lies alike in every photograph fades over a few percent of
   * its side.
   *
   * @param finder finds it if it is an object
   * @return a mask of the photograph's size
   * @throws PlaceNotFoundException if the photograph does not show the place
   */
  public Mask in(RasterImage photo, ObjectFinder finder) {
    if (shape != null) {
      double across = 1.0 / photo.width();
      double down = 1.0 / photo.height();
      return Mask.of(
          photo.width(),
          photo.height(),
          (x, y) -> side((float) shape.at((x + 0.5) * across, (y + 0.5) * down)));
    }
    Reduced reduced = Reduced.of(photo);
    float[] amounts = object == null ? seen(reduced) : found(photo, finder, reduced);
    GuidedMask guided = new GuidedMask(reduced, amounts);
    return Mask.of(photo.width(), photo.height(), (x, y) -> side(guided.at(photo, x, y)));
  }

  private float[] seen(Reduced reduced) {
    float[] amounts = sight.in(reduced);
    double share = Planes.mean(amounts);
    if (share < sight.least()) {
      throw new PlaceNotFoundException(name, inverted ? 0 : share);
    }
    return amounts;
  }

  /** What a finder found in coarse cells, carried over to what has the same colours there. */
  private float[] found(RasterImage photo, ObjectFinder finder, Reduced reduced) {
    return finder
        .find(photo, object)
        .map(place -> Likeness.refine(reduced, place.over(reduced.width(), reduced.height())))
        .orElseThrow(() -> new PlaceNotFoundException(name, 0));
  }

  private float side(float amount) {
    return inverted ? 1 - amount : amount;
  }

  @Override
  public String toString() {
    return name;
  }
}
