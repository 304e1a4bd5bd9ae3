package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mneme.edit.picture.Flaws;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Verdict;
import dev.mneme.edit.words.Asked;
import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the shipped models hear of a sentence about a picture. */
class HearingTest {
  private static final Flaws ALL = new Flaws(1, 1, 1);
  private static final Flaws NONE = new Flaws(-1, -1, -1);

  private static TextEncoder encoder;
  private static Hearing hearing;

  @BeforeAll
  static void load() throws IOException {
    Engine.start();
    encoder = new RoutedTextEncoder();
    hearing = Hearing.load(Path.of("../models"), encoder).orElseThrow();
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private static String heard(String sentence, Flaws seen) {
    return hearing.of(sentence, () -> seen).likest();
  }

  @Test
  void whatCanBeMeantEitherWayIsMeantAsThePictureShows() {
    assertEquals("add_haze", heard("foggy", NONE));
    assertEquals("clear_haze", heard("foggy", ALL));
    assertEquals("add_haze", heard("haze", NONE));
    assertEquals("clear_haze", heard("haze", ALL));
    assertEquals("add_haze", heard("雾", NONE));
    assertEquals("clear_haze", heard("雾", ALL));
    assertEquals("add_grain", heard("Grain.", NONE));
    assertEquals("remove_grain", heard("Grain.", ALL));
    assertEquals("blur", heard("blurry", NONE));
    assertEquals("deblur", heard("blurry", ALL));
  }

  @Test
  void aVerbAloneIsNoName() {
    for (Flaws seen : new Flaws[] {ALL, NONE}) {
      assertEquals("blur", heard("blur", seen));
      assertEquals("deblur", heard("deblur", seen));
      assertEquals("clear_haze", heard("dehaze", seen));
      assertEquals("clear_haze", heard("去雾", seen));
      assertEquals("add_haze", heard("加雾", seen));
      assertEquals("blur", heard("虚化", seen));
    }
  }

  @Test
  void whatIsSaidPlainlyIsMeantWhateverThePictureShows() {
    for (Flaws seen : new Flaws[] {ALL, NONE, Flaws.UNSEEN}) {
      assertEquals("clear_haze", heard("clear the haze", seen));
      assertEquals("add_haze", heard("add some haze", seen));
      assertEquals("blur", heard("make it blurry", seen));
      assertEquals("denoise", heard("remove the noise", seen));
      assertEquals("clear_haze", heard("去除雾气", seen));
      assertEquals("blur", heard("模糊一点", seen));
    }
  }

  @Test
  void thePictureIsLookedAtOnlyWhereItHasASay() {
    Verdict warm = hearing.of("make it warmer", () -> fail("looked at"));
    assertEquals("warm", warm.likest());
    assertEquals(hearing.of("make it warmer"), warm);
    assertEquals(hearing.of("foggy"), hearing.of("foggy", () -> Flaws.UNSEEN));
    assertFalse(hearing.of("foggy").equals(hearing.of("foggy", () -> ALL)));
  }

  @Test
  void mistypedWordsAndPolitenessAreHeardAsTheWish() {
    Asked asked = hearing.asked("Could you please shrapen the backgruond slighlty, thanks!");
    assertEquals("background", asked.place().orElseThrow().name());
    assertEquals(0.5, asked.intensity());
    assertEquals("sharpen", hearing.of(asked.wish()).likest());
    assertEquals("Could you please shrapen the backgruond slighlty, thanks!", asked.sentence());
    assertEquals(
        List.of("blur it", "make it warmer"), hearing.wishes("bulr it and make it wramer"));
    assertEquals(List.of("make it wramer"), hearing.wishes("make it wramer"));
    assertFalse(hearing.of("add a labradoodle").known());
  }

  /** What half of a sentence would mean alone is not heard in the whole of these. */
  @Test
  void aReasonIsNoWish() {
    for (String one :
        List.of(
            "hands look dry and cracked, smooth the skin",
            "make it dark, like at night",
            "Macro came out unfocused, make it crisp",
            "手机拍的颜色太夸张，压一压")) {
      assertEquals(List.of(one), hearing.wishes(one));
    }
  }

  /** Leaves in rain: both change the colours, which is seldom wanted together. */
  @Test
  void rivalsAreTwoWishesWhereBothAreClearlyMeant() {
    assertEquals(List.of("autumn leaves", "rain"), hearing.wishes("autumn leaves and rain"));
    assertEquals(List.of("雪花飘起来", "整张做蓝晒"), hearing.wishes("雪花飘起来，整张做蓝晒"));
  }

  /** "Don't leave it blurred" by itself sounds like a wish to blur. */
  @Test
  void oppositesAreNeverTwoWishes() {
    String one = "不要糊的，要对上焦的样子";
    assertEquals(List.of(one), hearing.wishes(one));
  }
}
