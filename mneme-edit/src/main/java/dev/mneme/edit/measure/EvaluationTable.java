package dev.mneme.edit.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.learn.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation as tables of PSNR and SSIM and as JSON. */
public final class EvaluationTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationTable() {}

  /** Rows of cells: a head, the groups' means, then a row a task. */
  static List<List<String>> rows(Evaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("PSNR, dB"));
    head.addAll(evaluation.candidates().keySet());
    rows.add(head);
    evaluation
        .groups()
        .forEach(
            (name, tasks) -> {
              List<String> row = new ArrayList<>(List.of(name));
              evaluation.candidates().values().forEach(s -> row.add(number(s.meanPsnr(tasks))));
              rows.add(row);
            });
    if (!evaluation.pairs().isEmpty()) {
      List<String> row = new ArrayList<>(List.of("two wishes at once"));
      for (String candidate : evaluation.candidates().keySet()) {
        Double mean = evaluation.pairs().get(candidate);
        row.add(mean == null ? "" : number(mean));
      }
      rows.add(row);
    }
    for (String task : evaluation.tasks()) {
      List<String> row = new ArrayList<>(List.of(task));
      evaluation.candidates().values().forEach(s -> row.add(number(s.psnr().get(task))));
      rows.add(row);
    }
    return rows;
  }

  /** As {@link #rows}, of SSIM, without the groups. */
  static List<List<String>> ssimRows(Evaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("SSIM"));
    head.addAll(evaluation.candidates().keySet());
    rows.add(head);
    for (String task : evaluation.tasks()) {
      List<String> row = new ArrayList<>(List.of(task));
      evaluation
          .candidates()
          .values()
          .forEach(s -> row.add(String.format(Locale.ROOT, "%.3f", s.ssim().get(task))));
      rows.add(row);
    }
    return rows;
  }

  /** What the memory reaches in other sentences, and a classical tool beside it. */
  private static List<List<String>> otherRows(Evaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("mean over tasks", "PSNR, dB"));
    evaluation
        .wordings()
        .forEach((wording, mean) -> rows.add(List.of("memory, " + name(wording), number(mean))));
    evaluation
        .bilateral()
        .ifPresent(
            best ->
                rows.add(List.of("bilateral filter tuned on the denoise questions", number(best))));
    return rows;
  }

  private static void table(StringBuilder out, List<List<String>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = rows.get(i).stream().map(cell -> cell.replace("|", "\\|")).toList();
      out.append("| ").append(String.join(" | ", cells)).append(" |\n");
      if (i == 0) {
        out.append("|---|").append("--:|".repeat(rows.get(0).size() - 1)).append('\n');
      }
    }
  }

  /** The tables as Markdown. */
  public static String markdown(Evaluation evaluation) {
    StringBuilder out =
        new StringBuilder(
            "# Evaluation\n\nWritten by `mneme evaluate`: %d tasks, %d questions each on held-out photographs; sentences: %s.\n\n"
                .formatted(
                    evaluation.tasks().size(), evaluation.rounds(), name(evaluation.wording())));
    table(out, rows(evaluation));
    out.append('\n');
    table(out, ssimRows(evaluation));
    out.append('\n');
    table(out, otherRows(evaluation));
    return out.toString();
  }

  /** Everything but the pictures. */
  public static String json(Evaluation evaluation)
      throws com.fasterxml.jackson.core.JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("rounds", evaluation.rounds());
    root.put("wording", evaluation.wording().name());
    ObjectNode groups = root.putObject("groups");
    evaluation
        .groups()
        .forEach(
            (name, tasks) -> {
              ObjectNode group = groups.putObject(name);
              evaluation.candidates().forEach((c, s) -> group.put(c, s.meanPsnr(tasks)));
            });
    root.set("candidates", JSON.valueToTree(evaluation.candidates()));
    root.set("pairs", JSON.valueToTree(evaluation.pairs()));
    root.set("wordings", JSON.valueToTree(evaluation.wordings()));
    evaluation.bilateral().ifPresent(best -> root.put("bilateral", best));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static String name(Wording wording) {
    return wording.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
