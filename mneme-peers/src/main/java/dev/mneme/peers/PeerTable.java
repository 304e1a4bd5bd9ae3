package dev.mneme.peers;

import dev.mneme.lab.stats.Interval;
import dev.mneme.peers.PeerComparison.Entry;
import dev.mneme.peers.PeerComparison.OfTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as a table: a row for everyone who was asked, task after task. */
public final class PeerTable {
  static final List<String> HEAD =
      List.of("task", "by", "PSNR, dB", "SSIM", "editor above it, dB", "set to", "settings tried");

  private PeerTable() {}

  static List<List<String>> rows(PeerComparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    for (OfTask task : comparison.tasks()) {
      rows.add(row(task, task.source()));
      rows.add(row(task, task.editor()));
      task.peers().forEach(peer -> rows.add(row(task, peer)));
    }
    return rows;
  }

  private static List<String> row(OfTask task, Entry entry) {
    return List.of(
        task.later() ? task.task() + " (later)" : task.task(),
        entry.name(),
        String.format(Locale.ROOT, "%.2f", entry.marks().meanPsnr()),
        String.format(Locale.ROOT, "%.3f", entry.marks().meanSsim()),
        entry == task.editor() ? "" : signed(lead(task, entry)),
        entry.setting(),
        entry.tried() > 1 ? Integer.toString(entry.tried()) : "");
  }

  /** How far the editor is above someone, over pictures. */
  static Interval lead(OfTask task, Entry entry) {
    return Interval.of(task.editor().marks().above(entry.marks()));
  }

  static String signed(Interval lead) {
    return lead.mean() > 0 ? "+" + lead : lead.toString();
  }

  /** The table as Markdown. */
  public static String markdown(PeerComparison comparison) {
    StringBuilder out = new StringBuilder();
    out.append("| ").append(String.join(" | ", HEAD)).append(" |\n");
    out.append("|---|---|--:|--:|--:|---|--:|\n");
    rows(comparison)
        .forEach(cells -> out.append("| ").append(String.join(" | ", cells)).append(" |\n"));
    return out.toString();
  }
}
