package dev.mneme.peers;

import dev.mneme.edit.picture.Picture;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A tool to compare with.
 *
 * @param name as it stands in tables
 * @param options every way it may be set, at least one
 */
public record Peer(String name, List<Option> options) {
  /**
   * One way to set a tool.
   *
   * @param says the settings, for people; empty where there is nothing to set
   * @param filter gives an edited copy of the same size, within [0, 1]
   */
  public record Option(String says, UnaryOperator<Picture> filter) {}

  public Peer {
    options = List.copyOf(options);
    if (options.isEmpty()) {
      throw new IllegalArgumentException("Expected a way to set " + name + ", found none");
    }
  }
}
