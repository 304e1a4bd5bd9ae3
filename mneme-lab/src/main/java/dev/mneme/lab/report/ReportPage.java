package dev.mneme.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureFormat;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A report as one HTML file that needs nothing else. */
final class ReportPage {
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#222}"
          + "h1{margin-bottom:.2em}.asked{font-size:1.1em;color:#444}"
          + ".found{background:#f6f6f2;padding:.8em 1em .8em 2.2em;border-left:4px solid #7a9}"
          + ".wide{overflow-x:auto}table{border-collapse:collapse;margin:.4em 0 1.4em}"
          + "td,th{padding:.25em .7em;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}"
          + "td:first-child,th:first-child{text-align:left}caption{text-align:left;font-weight:600;padding:.3em 0}"
          + "figure{margin:0 0 1.4em}figure.plot img{max-width:100%}figcaption{font-size:13px;color:#555}"
          + ".row{display:flex;gap:8px;flex-wrap:wrap;margin:.2em 0 1em}.row figure{margin:0;width:112px}"
          + ".row img{width:112px;height:112px;display:block;image-rendering:auto}h4{margin:.5em 0 .1em}"
          + "pre{background:#f2f2f2;padding:.6em .8em;overflow-x:auto}details{margin:1em 0}";

  private ReportPage() {}

  static String html(Report report, String command, JsonNode setting, String guide)
      throws IOException {
    StringBuilder out = new StringBuilder();
    out.append(
            "<!doctype html><html lang=en><meta charset=utf-8>"
                + "<meta name=viewport content=\"width=device-width\"><title>Mneme: ")
        .append(text(report.name()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style><h1>")
        .append(text(report.title()))
        .append("</h1><p class=asked>")
        .append(text(report.asked()))
        .append("</p><h2>Found</h2><ul class=found>");
    report.found().forEach(f -> out.append("<li>").append(text(f)).append("</li>"));
    out.append("</ul>");
    for (Block block : report.blocks()) {
      append(out, block);
    }
    out.append("<h2>How</h2><pre>")
        .append(text(command))
        .append("</pre><details><summary>Setting</summary><pre>")
        .append(text(setting.toPrettyString()))
        .append("</pre></details><p>All numbers: ")
        .append(ReportWriter.NUMBERS)
        .append(", beside this file. What was done and how its measures are defined: ")
        .append(text(guide))
        .append(".</p></html>\n");
    return out.toString();
  }

  private static void append(StringBuilder out, Block block) throws IOException {
    if (block instanceof Block.Text t) {
      out.append("<h2>").append(text(t.heading())).append("</h2><p>");
      out.append(text(t.paragraph())).append("</p>");
    } else if (block instanceof Block.Table t) {
      out.append("<div class=wide><table><caption>").append(text(t.caption())).append("</caption>");
      row(out, t.head(), "th");
      t.rows().forEach(cells -> row(out, cells, "td"));
      out.append("</table></div>");
    } else if (block instanceof Block.Plot p) {
      out.append("<figure class=plot>");
      image(out, p.png(), p.caption());
      out.append("<figcaption>").append(text(p.caption())).append("</figcaption></figure>");
    } else if (block instanceof Block.Gallery g) {
      out.append("<p>").append(text(g.caption())).append("</p>");
      for (Block.Row row : g.rows()) {
        pictures(out, row);
      }
    }
  }

  private static void row(StringBuilder out, List<String> cells, String tag) {
    out.append("<tr>");
    cells.forEach(c -> out.append("<%s>%s</%s>".formatted(tag, text(c), tag)));
    out.append("</tr>");
  }

  private static void pictures(StringBuilder out, Block.Row row) throws IOException {
    out.append("<h4>").append(text(row.title())).append("</h4><div class=row>");
    for (Map.Entry<String, Picture> e : row.pictures().entrySet()) {
      out.append("<figure>");
      image(out, png(e.getValue()), e.getKey());
      out.append("<figcaption>").append(text(e.getKey())).append("</figcaption></figure>");
    }
    out.append("</div>");
  }

  private static void image(StringBuilder out, byte[] png, String alt) {
    out.append("<img src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png))
        .append("\" alt=\"")
        .append(text(alt))
        .append("\">");
  }

  private static byte[] png(Picture picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PictureWriter.encode(RasterImage.of(picture), PictureFormat.PNG, "", bytes);
    return bytes.toByteArray();
  }

  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
