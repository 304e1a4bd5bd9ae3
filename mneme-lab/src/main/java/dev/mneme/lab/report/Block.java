package dev.mneme.lab.report;

import dev.mneme.edit.picture.Picture;
import java.util.List;
import java.util.Map;

/** A part of a report. */
public sealed interface Block {

  /** A heading with a paragraph, which may be empty. */
  record Text(String heading, String paragraph) implements Block {}

  /**
   * A table.
   *
   * @param caption above it
   * @param head names of columns
   * @param rows cells; the first of each row is its name
   */
  record Table(String caption, List<String> head, List<List<String>> rows) implements Block {}

  /**
   * A plot.
   *
   * @param name of its file, without ending
   * @param caption under it
   * @param png the picture
   */
  record Plot(String name, String caption, byte[] png) implements Block {}

  /** Rows of small pictures with a word under each. */
  record Gallery(String caption, List<Row> rows) implements Block {}

  /** One row of a gallery: pictures by what stands under them; a name stands once. */
  record Row(String title, Map<String, Picture> pictures) {}
}
