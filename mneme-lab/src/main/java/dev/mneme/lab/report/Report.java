package dev.mneme.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What came of an experiment.
 *
 * @param name of the experiment, one word
 * @param title one line
 * @param asked the question and how it was put
 * @param found one sentence a finding, with numbers
 * @param blocks tables, plots, pictures
 * @param numbers everything that was measured
 */
public record Report(
    String name,
    String title,
    String asked,
    List<String> found,
    List<Block> blocks,
    JsonNode numbers) {
  public Report {
    found = List.copyOf(found);
    blocks = List.copyOf(blocks);
  }
}
