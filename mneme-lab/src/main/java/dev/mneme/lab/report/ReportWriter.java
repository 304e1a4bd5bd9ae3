package dev.mneme.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes reports to folders. */
public final class ReportWriter {
  /** The page of a report. */
  public static final String PAGE = "report.html";

  /** All numbers of a report. */
  public static final String NUMBERS = "results.json";

  private static final String GUIDE = "docs/lab.md";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportWriter() {}

  /**
   * Writes the report of an experiment of the lab, which {@value #GUIDE} explains.
   *
   * @see #write(Path, Report, String, JsonNode, String)
   */
  public static void write(Path folder, Report report, String command, JsonNode setting)
      throws IOException {
    write(folder, report, command, setting, GUIDE);
  }

  /**
   * Writes {@value #PAGE}, {@value #NUMBERS} and a PNG file a plot.
   *
   * @param folder made if it is not there
   * @param command what was called
   * @param setting how much was spent on what, for the page and the numbers
   * @param guide the document that explains the report
   * @throws IOException if the disk refuses
   */
  public static void write(
      Path folder, Report report, String command, JsonNode setting, String guide)
      throws IOException {
    Files.createDirectories(folder);
    for (Block block : report.blocks()) {
      if (block instanceof Block.Plot plot) {
        AtomicFiles.write(folder.resolve(plot.name() + ".png"), out -> out.write(plot.png()));
      }
    }
    ObjectNode root = JSON.createObjectNode();
    root.put("experiment", report.name()).put("command", command);
    root.set("setting", setting);
    root.set("found", JSON.valueToTree(report.found()));
    root.set("numbers", report.numbers());
    AtomicFiles.writeString(
        folder.resolve(NUMBERS),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    AtomicFiles.writeString(folder.resolve(PAGE), ReportPage.html(report, command, setting, guide));
  }
}
