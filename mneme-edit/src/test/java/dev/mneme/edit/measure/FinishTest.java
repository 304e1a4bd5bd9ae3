package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FinishTest {
  @Test
  void theTableHasARowATaskAndDetailOnlyWhereItWasMeasured() {
    Finish finish =
        new Finish(
            Map.of("warm", 1.004, "blur", 1.25),
            Map.of("warm", 0.991),
            Map.of("warm", 0.004, "blur", 0.0123),
            0.975);
    String table = finish.markdown();
    assertTrue(table.contains("| blur | 1.250 |  | 1.23 |"), table);
    assertTrue(table.contains("| warm | 1.004 | 0.991 | 0.40 |"), table);
    assertTrue(table.contains("97.5 %"), table);
    assertEquals(2, table.lines().filter(l -> l.matches("\\| (warm|blur) .*")).count());
  }
}
