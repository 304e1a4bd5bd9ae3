package dev.mneme.edit.measure;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation as one HTML file that needs nothing else. */
public final class EvaluationPage {
  private static final String STYLE =
      "body{font:15px/1.45 system-ui,sans-serif;max-width:1120px;margin:2em auto;padding:0 1em;color:#222}"
          + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .7em;text-align:right;border-bottom:1px solid #ddd}"
          + "td:first-child,th:first-child{text-align:left}tr:nth-child(-n+5) td{font-weight:600;background:#f6f6f2}.plain td{font-weight:400!important;background:none!important}"
          + ".row{display:flex;gap:8px;flex-wrap:wrap;margin:.3em 0 1.2em}figure{margin:0;width:128px}"
          + "img{width:128px;height:128px;display:block}figcaption{font-size:12px;color:#666}h3{margin:.6em 0 .2em}small{font-weight:400;color:#666;margin-left:.5em}";

  private EvaluationPage() {}

  /** The page. */
  public static String html(Evaluation evaluation) throws IOException {
    StringBuilder out = new StringBuilder();
    out.append(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Mneme: evaluation</title><style>")
        .append(STYLE)
        .append("</style><h1>Evaluation</h1><p>Held-out photographs, wording: ")
        .append(evaluation.wording().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(", ")
        .append(evaluation.rounds())
        .append(
            " pictures a task. PSNR in dB, higher is better; the first rows are means.</p><table>");
    table(out, EvaluationTable.rows(evaluation));
    out.append("</table><h2>Wording</h2>");
    out.append("<table><tr><th>memory, what the base was not taught</th><th>PSNR, dB</th></tr>");
    evaluation
        .wordings()
        .forEach(
            (w, v) ->
                out.append(
                    "<tr><td>%s</td><td>%.2f</td></tr>"
                        .formatted(
                            w.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), v)));
    out.append("</table><h2>Likeness of structure</h2><table class=plain>");
    table(out, EvaluationTable.ssimRows(evaluation));
    out.append("</table><h2>One picture a task</h2>");
    for (Evaluation.Sample sample : evaluation.samples()) {
      out.append(
          "<h3>%s <small>%s</small></h3><div class=row>"
              .formatted(sample.task(), text(sample.sentence())));
      for (Map.Entry<String, Picture> e : sample.pictures().entrySet()) {
        out.append("<figure><img src=\"data:image/png;base64,")
            .append(png(e.getValue()))
            .append(
                "\" alt=\"%s\"><figcaption>%s</figcaption></figure>"
                    .formatted(text(e.getKey()), text(e.getKey())));
      }
      out.append("</div>");
    }
    return out.append("</html>\n").toString();
  }

  private static void table(StringBuilder out, List<List<String>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      String cell = i == 0 ? "th" : "td";
      out.append("<tr>");
      rows.get(i).forEach(v -> out.append("<%s>%s</%s>".formatted(cell, text(v), cell)));
      out.append("</tr>");
    }
  }

  /** Names of candidates come from the user. */
  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String png(Picture picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PictureWriter.encode(
        RasterImage.of(picture), dev.mneme.edit.picture.PictureFormat.PNG, "", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
