package dev.mneme.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicPeersTest {
  private static final Picture CARD = Cards.card(64, 48);

  static Stream<Arguments> peers() {
    return ClassicPeers.tasks().stream()
        .flatMap(task -> ClassicPeers.of(task).stream().map(peer -> Arguments.of(task, peer)));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void everyToolRepairsWhatItIsFor(EditTask task, Peer peer) {
    EditPair pair = task.apply(CARD, 1, new SplittableRandom(11));
    double before = Measures.psnr(pair.source(), pair.target());
    double best =
        peer.options().stream()
            .map(option -> option.filter().apply(pair.source()))
            .mapToDouble(picture -> Measures.psnr(picture, pair.target()))
            .max()
            .orElseThrow();
    double least = task.name().equals("remove_jpeg") ? 0.05 : 0.3;
    assertTrue(
        best > before + least,
        "%s by %s: %.2f dB before, %.2f after".formatted(task.name(), peer.name(), before, best));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void everySettingIsNamedAndGivesAPicture(EditTask task, Peer peer) {
    List<String> names = peer.options().stream().map(Peer.Option::says).distinct().toList();
    assertEquals(peer.options().size(), names.size(), names.toString());
    Picture in = task.apply(CARD, 1, new SplittableRandom(12)).source();
    for (Peer.Option option : List.of(peer.options().get(0), last(peer.options()))) {
      Picture out = option.filter().apply(in);
      assertEquals(in.width(), out.width());
      assertEquals(in.height(), out.height());
      for (float value : out.rgb()) {
        assertTrue(value >= 0 && value <= 1, option.says() + ": " + value);
      }
    }
  }

  @Test
  void theRightKernelUndoesABlurBest() {
    EditTask deblur = EditTasks.named("deblur");
    EditPair pair = deblur.apply(CARD, 1, new SplittableRandom(13));
    Peer wiener =
        ClassicPeers.of(deblur).stream()
            .filter(peer -> peer.name().startsWith("Wiener"))
            .findFirst()
            .orElseThrow();
    List<Peer.Option> byPsnr = new ArrayList<>(wiener.options());
    byPsnr.sort(
        Comparator.comparingDouble(
            option -> -Measures.psnr(option.filter().apply(pair.source()), pair.target())));
    assertTrue(byPsnr.get(0).says().startsWith("sigma 1.5 px"), byPsnr.get(0).says());
  }

  @Test
  void aTaskWithoutToolsIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ClassicPeers.of(EditTasks.named("warm")))
            .getMessage();
    assertTrue(message.contains("denoise") && message.contains("warm"), message);
    assertThrows(IllegalArgumentException.class, () -> new Peer("nothing", List.of()));
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
