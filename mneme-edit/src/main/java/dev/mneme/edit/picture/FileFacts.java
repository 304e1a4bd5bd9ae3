package dev.mneme.edit.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a file says about itself, gathered while walking its parts without decoding a pixel. */
final class FileFacts {
  private final FileBytes file;
  private final PictureFormat format;
  private final PictureLimits limits;
  private final List<String> notes = new ArrayList<>();
  private int width;
  private int height;
  private int frames = 1;
  private int orientation = 1;
  private String provenance;

  private FileFacts(FileBytes file, PictureFormat format, PictureLimits limits) {
    this.file = file;
    this.format = format;
    this.limits = limits;
  }

  /** Recognises a file, checks its size against the limits and walks it to its proper end. */
  static FileFacts of(FileBytes file, PictureLimits limits) throws PictureException {
    FileFacts facts = new FileFacts(file, PictureFormat.ofContent(file), limits);
    switch (facts.format) {
      case JPEG -> JpegWalk.walk(file, facts);
      case PNG -> PngWalk.walk(file, facts);
      case WEBP -> WebpWalk.walk(file, facts);
      case GIF -> GifWalk.walk(file, facts);
    }
    if (facts.width == 0) {
      throw file.damaged("found no picture data in it");
    }
    limits.checkPlausible(file.name(), facts.width, facts.height, file.length());
    return facts;
  }

  /** Said once: a file that says it twice could have one size checked and another decoded. */
  void size(long width, long height) throws PictureException {
    if (this.width != 0) {
      throw file.damaged("found a second size in it");
    }
    limits.checkSize(file.name(), width, height);
    this.width = (int) width;
    this.height = (int) height;
  }

  void frames(int frames) {
    this.frames = frames;
  }

  /** An Exif block, beginning with its TIFF header. */
  void exif(byte[] tiff) {
    orientation = Orientation.read(tiff).orElse(orientation);
  }

  void provenance(String text) {
    provenance = text;
  }

  void note(String text) {
    notes.add(text);
  }

  PictureFormat format() {
    return format;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int frames() {
    return frames;
  }

  int orientation() {
    return orientation;
  }

  Optional<String> provenance() {
    return Optional.ofNullable(provenance);
  }

  List<String> notes() {
    return notes;
  }
}
