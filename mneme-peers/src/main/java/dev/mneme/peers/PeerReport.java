package dev.mneme.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.picture.Picture;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.report.ReportWriter;
import dev.mneme.lab.stats.Interval;
import dev.mneme.peers.PeerComparison.Entry;
import dev.mneme.peers.PeerComparison.OfTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as a page with pictures, and every number as JSON. */
public final class PeerReport {
  /** The document that explains the report. */
  public static final String GUIDE = "docs/peers.md";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String RULE =
      "Held-out photographs, held-out English wording, one tile a picture, rounded to 8 bits. Each peer is tuned by mean PSNR over a"
          + " small grid on the very questions it is measured on, one setting for all pictures of a task; the editor is tuned on nothing"
          + " of this. So every peer is shown at its best, better than a user who does not have the answer would set it.";

  private PeerReport() {}

  /**
   * Writes {@link ReportWriter#PAGE} and {@link ReportWriter#NUMBERS}.
   *
   * @param folder made if it is not there
   * @param command what was called
   * @param setting whatever tells this run from another
   * @return the page
   * @throws IOException if the disk refuses
   */
  public static Path write(
      Path folder, PeerComparison comparison, String command, Map<String, ?> setting)
      throws IOException {
    ReportWriter.write(folder, of(comparison), command, JSON.valueToTree(setting), GUIDE);
    return folder.resolve(ReportWriter.PAGE);
  }

  static Report of(PeerComparison comparison) {
    String head = "Means over %d pictures a task".formatted(comparison.rounds());
    return new Report(
        "peers",
        "Against the tools one would reach for",
        RULE,
        comparison.tasks().stream().map(PeerReport::found).toList(),
        List.of(
            new Block.Table(head, PeerTable.HEAD, PeerTable.rows(comparison)),
            new Block.Gallery(
                "The first pictures of each task, not chosen, with the PSNR of each in dB.",
                comparison.tasks().stream().flatMap(t -> rows(t).stream()).toList())),
        numbers(comparison));
  }

  private static String found(OfTask task) {
    Entry peer = task.bestPeer();
    List<Double> above = task.editor().marks().above(peer.marks());
    return String.format(
        Locale.ROOT,
        "%s: %s %.2f dB, best peer %s %.2f dB (source %.2f dB). The difference is %s dB; the editor is nearer on %d of %d pictures.%s",
        task.task(),
        task.editor().name(),
        task.editor().marks().meanPsnr(),
        peer.name(),
        peer.marks().meanPsnr(),
        task.source().marks().meanPsnr(),
        PeerTable.signed(Interval.of(above)),
        above.stream().filter(d -> d > 0).count(),
        above.size(),
        task.later() ? " The task arrived after the first memory was taught." : "");
  }

  private static List<Block.Row> rows(OfTask task) {
    List<Block.Row> rows = new ArrayList<>();
    for (int i = 0; i < task.targets().size(); i++) {
      Map<String, Picture> pictures = new LinkedHashMap<>();
      show(pictures, task.source(), i);
      pictures.put("target", task.targets().get(i));
      show(pictures, task.editor(), i);
      for (Entry peer : task.peers()) {
        show(pictures, peer, i);
      }
      rows.add(new Block.Row("%s, picture %d".formatted(task.task(), i + 1), pictures));
    }
    return rows;
  }

  private static void show(Map<String, Picture> pictures, Entry entry, int i) {
    pictures.put(
        String.format(Locale.ROOT, "%s %.1f", entry.name(), entry.marks().psnr().get(i)),
        entry.shown().get(i));
  }

  private static JsonNode numbers(PeerComparison comparison) {
    ObjectNode root = JSON.createObjectNode();
    root.put("rounds", comparison.rounds());
    ObjectNode tasks = root.putObject("tasks");
    for (OfTask task : comparison.tasks()) {
      ObjectNode node = tasks.putObject(task.task());
      node.put("later", task.later());
      put(node.putObject("source"), task, task.source());
      put(node.putObject("editor"), task, task.editor());
      ObjectNode peers = node.putObject("peers");
      task.peers().forEach(peer -> put(peers.putObject(peer.name()), task, peer));
    }
    return root;
  }

  private static void put(ObjectNode node, OfTask task, Entry entry) {
    node.put("psnr", entry.marks().meanPsnr());
    node.put("ssim", entry.marks().meanSsim());
    node.set("psnrOfEach", JSON.valueToTree(entry.marks().psnr()));
    node.set("ssimOfEach", JSON.valueToTree(entry.marks().ssim()));
    if (entry.tried() > 0) {
      node.put("setTo", entry.setting()).put("settingsTried", entry.tried());
    }
    if (entry != task.editor()) {
      Interval lead = PeerTable.lead(task, entry);
      node.put("editorAbove", lead.mean());
      if (Double.isFinite(lead.half())) {
        node.put("editorAboveHalf", lead.half());
      }
    }
  }
}
