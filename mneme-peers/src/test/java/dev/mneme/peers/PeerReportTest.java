package dev.mneme.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.lab.report.Report;
import dev.mneme.peers.PeerComparison.Entry;
import dev.mneme.peers.PeerComparison.OfTask;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerReportTest {
  private static final Picture SMALL = Cards.card(12, 12);

  private static Entry entry(String name, String setting, int tried, double... psnr) {
    Marks marks = new Marks(Arrays.stream(psnr).boxed().toList(), List.of(0.5, 0.7, 0.9));
    return new Entry(name, setting, tried, marks, List.of(SMALL, SMALL));
  }

  private static PeerComparison comparison() {
    OfTask task =
        new OfTask(
            "denoise",
            true,
            entry("source", "", 0, 20, 20, 20),
            entry("editor", "", 0, 24, 26, 25),
            List.of(entry("first", "a 1", 9, 21, 22, 23), entry("second", "", 1, 27, 25, 26)),
            List.of(SMALL, SMALL));
    return new PeerComparison(3, List.of(task));
  }

  /** Half of the 95 % interval of two degrees of freedom: t = 4.3027. */
  @Test
  void theTableSaysWhoIsAhead() {
    List<String> lines = PeerTable.markdown(comparison()).lines().toList();
    assertEquals(6, lines.size());
    assertEquals("| denoise (later) | source | 20.00 | 0.700 | +5.00 ± 2.48 |  |  |", lines.get(2));
    assertEquals("| denoise (later) | editor | 25.00 | 0.700 |  |  |  |", lines.get(3));
    assertEquals(
        "| denoise (later) | first | 22.00 | 0.700 | +3.00 ± 2.48 | a 1 | 9 |", lines.get(4));
    assertEquals("| denoise (later) | second | 26.00 | 0.700 | -1.00 ± 4.97 |  |  |", lines.get(5));
  }

  @Test
  void theReportNamesTheBestPeerAndTheRule() {
    Report report = PeerReport.of(comparison());
    String found = report.found().get(0);
    assertTrue(found.contains("best peer second 26.00 dB"), found);
    assertTrue(found.contains("-1.00 ± 4.97 dB; the editor is nearer on 1 of 3"), found);
    assertTrue(found.contains("arrived after"), found);
    assertTrue(report.asked().contains("tuned by mean PSNR over a small grid on the very"));
    assertEquals(-1, report.numbers().at("/tasks/denoise/peers/second/editorAbove").asDouble());
    assertEquals("a 1", report.numbers().at("/tasks/denoise/peers/first/setTo").asText());
  }

  @Test
  void equalPicturesCountAsSixtyDecibels() {
    Marks marks = Marks.of(List.of(SMALL), List.of(SMALL));
    assertEquals(60, marks.meanPsnr());
    assertEquals(1, marks.meanSsim(), 1e-9);
  }
}
