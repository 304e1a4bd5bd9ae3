package dev.mneme.edit.picture;

/**
 * A colour in Oklab (Ottosson, 2020), where equal distances look equally far.
 *
 * @param light 0 black to 1 white
 * @param a towards red, about [-0.3, 0.3]
 * @param b towards yellow, about [-0.3, 0.3]
 */
public record Oklab(double light, double a, double b) {
  /** Of sRGB-encoded values in [0, 1]. */
  public static Oklab of(double red, double green, double blue) {
    double r = linear(red);
    double g = linear(green);
    double bl = linear(blue);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl);
    return new Oklab(
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
  }

  /** By lightness, colourfulness and hue in degrees. */
  public static Oklab ofHue(double light, double chroma, double degrees) {
    double angle = Math.toRadians(degrees);
    return new Oklab(light, chroma * Math.cos(angle), chroma * Math.sin(angle));
  }

  /** Colourfulness: 0 grey, about 0.1 a blue sky, 0.25 a traffic light. */
  public double chroma() {
    return Math.hypot(a, b);
  }

  /** sRGB-encoded red, green and blue, each cut to [0, 1]. */
  public float[] rgb() {
    double l = cube(light + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(light - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(light - 0.0894841775 * a - 1.2914855480 * b);
    return new float[] {
      encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
    };
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static double linear(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static float encoded(double value) {
    double cut = Math.max(0, Math.min(1, value));
    return (float) (cut <= 0.0031308 ? 12.92 * cut : 1.055 * Math.pow(cut, 1 / 2.4) - 0.055);
  }
}
