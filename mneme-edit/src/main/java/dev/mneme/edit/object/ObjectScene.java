package dev.mneme.edit.object;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Objects put over a part of a photograph: known to the pixel, which no photograph is.
 *
 * @param picture what is seen
 * @param ground the photograph alone
 * @param objects what was put there, nearest last; none twice
 * @param shares how much of each object is seen at each pixel, in [0, 1]: {@code shares.get(i)[y *
 *     width + x]}, in the order of the objects
 */
public record ObjectScene(
    Picture picture, Picture ground, List<CutOut> objects, List<float[]> shares) {
  private static final int TRIES = 12;

  /** Least share of an object that later ones must leave to be seen. */
  private static final double SEEN = 0.6;

  public ObjectScene {
    objects = List.copyOf(objects);
    shares = List.copyOf(shares);
  }

  /**
   * Draws a scene.
   *
   * @param photo whose part lies behind
   * @param among what may be put there
   * @param most number of objects, at least 1
   * @param side pixels of the scene, which is square
   * @throws IllegalArgumentException if no cut-out has anything to see
   */
  public static ObjectScene draw(
      RandomGenerator random, Photo photo, List<CutOut> among, int most, int side) {
    Picture ground = ground(random, photo, side);
    int count = 1 + random.nextInt(most);
    float[] rgb = ground.rgb().clone();
    List<CutOut> objects = new ArrayList<>();
    List<float[]> shares = new ArrayList<>();
    for (int tries = 0; objects.size() < count && tries < TRIES * count; tries++) {
      CutOut object = among.get(random.nextInt(among.size()));
      if (objects.stream().anyMatch(other -> other.english().stream().anyMatch(object::isCalled))) {
        continue;
      }
      float[][] painted = Pose.draw(random, count).paint(object, side, Tint.draw(random));
      if (hides(painted[3], shares)) {
        continue;
      }
      for (float[] share : shares) {
        for (int i = 0; i < share.length; i++) {
          share[i] *= 1 - painted[3][i];
        }
      }
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < side * side; i++) {
          int at = c * side * side + i;
          rgb[at] = rgb[at] * (1 - painted[3][i]) + painted[c][i];
        }
      }
      objects.add(object);
      shares.add(painted[3]);
    }
    if (objects.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected cut-outs that can be seen, found none after " + TRIES * count + " tries");
    }
    return new ObjectScene(new Picture(side, side, rgb).clamped(), ground, objects, shares);
  }

  private static Picture ground(RandomGenerator random, Photo photo, int side) {
    int shorter = Math.min(photo.width(), photo.height());
    int window = (int) (shorter * (0.4 + 0.6 * random.nextDouble()));
    int x = random.nextInt(photo.width() - window + 1);
    int y = random.nextInt(photo.height() - window + 1);
    return photo.crop(x, y, window, window, side, side);
  }

  private static boolean hides(float[] next, List<float[]> shares) {
    double own = 0;
    for (float a : next) {
      own += a;
    }
    for (float[] share : shares) {
      double all = 0;
      double hidden = 0;
      for (int i = 0; i < share.length; i++) {
        all += share[i];
        hidden += share[i] * next[i];
      }
      if (hidden > (1 - SEEN) * all) {
        return true;
      }
    }
    return own < next.length * 0.008; // hardly in the picture
  }

  /** How bright, contrasted and coloured an object is shown. */
  private record Tint(float gain, float saturation) {
    static Tint draw(RandomGenerator random) {
      return new Tint(0.75f + 0.4f * random.nextFloat(), 0.7f + 0.5f * random.nextFloat());
    }

    /** Changes colours that are multiplied by opacity. */
    void apply(float[] rgba) {
      float grey = 0.299f * rgba[0] + 0.587f * rgba[1] + 0.114f * rgba[2];
      for (int c = 0; c < 3; c++) {
        float value = gain * (grey + saturation * (rgba[c] - grey));
        rgba[c] = Math.max(0, Math.min(rgba[3], value));
      }
    }
  }

  /** Where an object lies, in shares of the scene's side, turned by an angle, maybe mirrored. */
  private record Pose(double x, double y, double size, double angle, boolean mirrored) {
    static Pose draw(RandomGenerator random, int count) {
      double size = (0.22 + 0.43 * random.nextDouble()) * (count > 2 ? 0.8 : 1);
      double margin = 0.4 * size; // a little may lie outside
      return new Pose(
          margin + (1 - 2 * margin) * random.nextDouble(),
          margin + (1 - 2 * margin) * random.nextDouble(),
          size,
          Math.toRadians(25 * (2 * random.nextDouble() - 1)),
          random.nextBoolean());
    }

    float[][] paint(CutOut object, int side, Tint tint) {
      float[][] out = new float[4][side * side];
      float[] rgba = new float[4];
      double cos = Math.cos(angle) / size;
      double sin = Math.sin(angle) / size;
      for (int i = 0; i < side * side; i++) {
        double dx = (i % side + 0.5) / side - x;
        double dy = (i / side + 0.5) / side - y;
        double u = 0.5 + (mirrored ? -1 : 1) * (cos * dx + sin * dy);
        double v = 0.5 - sin * dx + cos * dy;
        if (u > 0 && v > 0 && u < 1 && v < 1) {
          object.read((float) u, (float) v, (float) (size * side), rgba);
          tint.apply(rgba);
          for (int c = 0; c < 4; c++) {
            out[c][i] = rgba[c];
          }
        }
      }
      return out;
    }
  }
}
