package dev.mneme.edit.words;

import dev.mneme.edit.picture.Oklab;

/** Colours that people name, and what they mean by them in Oklab. */
public enum Colour {
  RED("red", 0.60, 0.21, 27),
  ORANGE("orange", 0.74, 0.17, 58),
  YELLOW("yellow", 0.88, 0.17, 98),
  GREEN("green", 0.65, 0.18, 142),
  TURQUOISE("turquoise|teal|cyan|aqua", 0.75, 0.12, 197),
  BLUE("blue", 0.55, 0.19, 259),
  PURPLE("purple|violet", 0.52, 0.20, 305),
  PINK("pink", 0.76, 0.15, 356),
  BROWN("brown", 0.45, 0.08, 52),
  WHITE("white", 0.93, 0, 0),
  GREY("grey|gray", 0.60, 0, 0),
  BLACK("black", 0.22, 0, 0);

  private final String english;
  private final Oklab oklab;

  Colour(String english, double light, double chroma, double hue) {
    this.english = english;
    this.oklab = Oklab.ofHue(light, chroma, hue);
  }

  /** English names, parted by |, the usual one first. */
  String english() {
    return english;
  }

  /** The colour that is meant. */
  public Oklab oklab() {
    return oklab;
  }

  @Override
  public String toString() {
    return english.split("\\|")[0];
  }
}
