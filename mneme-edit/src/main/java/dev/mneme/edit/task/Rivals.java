package dev.mneme.edit.task;

import java.util.List;
import java.util.Set;

/** Tasks that nobody wants together: they undo each other, or the later one hides the earlier. */
public final class Rivals {
  private static final List<Set<String>> GROUPS =
      List.of(
          Set.of(
              "brighten",
              "darken",
              "fix_exposure",
              "undo_gamma",
              "low_light",
              "night",
              "lift_shadows",
              "recover_highlights"),
          Set.of(
              "more_contrast",
              "less_contrast",
              "even_contrast",
              "add_haze",
              "local_tone",
              "clarity",
              "unfade",
              "mist",
              "pastel_film",
              "slide_film"),
          Set.of(
              "saturate",
              "desaturate",
              "sepia",
              "film",
              "vibrance",
              "bw_red",
              "bw_yellow",
              "bw_green",
              "bw_blue",
              "cyanotype",
              "duotone",
              "slide_film",
              "pastel_film",
              "cross_process"),
          Set.of(
              "warm",
              "cool",
              "remove_cast",
              "sepia",
              "night",
              "film",
              "tint_magenta",
              "tint_green",
              "unfade",
              "golden_hour",
              "autumn",
              "snow",
              "rain",
              "bw_red",
              "bw_yellow",
              "bw_green",
              "bw_blue",
              "cyanotype",
              "duotone",
              "cross_process"),
          Set.of("sharpen", "blur", "soft_glow", "soften", "oil", "motion_deblur", "upscale"),
          Set.of("blur", "deblur"),
          Set.of("add_grain", "remove_grain", "denoise", "denoise_unknown"),
          Set.of("add_haze", "clear_haze"));

  /**
   * Groups of which one gives what the other takes, or people call both by the same words: what
   * came out unfocused is to be crisp, what is to be like at night is to be dark.
   */
  private static final List<Set<String>> OPPOSED =
      List.of(
          Set.of("brighten", "darken"),
          Set.of("low_light", "darken"),
          Set.of("low_light", "brighten"),
          Set.of("darken", "night"),
          Set.of("more_contrast", "less_contrast", "even_contrast"),
          Set.of("saturate", "desaturate"),
          Set.of("vibrance", "desaturate"),
          Set.of("warm", "cool"),
          Set.of("tint_magenta", "tint_green"),
          Set.of("sharpen", "blur"),
          Set.of("sharpen", "deblur"),
          Set.of("blur", "deblur"),
          Set.of("blur", "motion_deblur"),
          Set.of("add_grain", "remove_grain", "denoise", "denoise_unknown"),
          Set.of("add_haze", "clear_haze"),
          Set.of("add_haze", "mist"),
          Set.of("bw_red", "bw_yellow", "bw_green", "bw_blue"),
          Set.of("sepia", "cyanotype", "duotone"),
          Set.of("film", "slide_film", "pastel_film", "cross_process"));

  private Rivals() {}

  /** Whether both tasks can be wanted of one picture. */
  public static boolean none(String one, String other) {
    return !one.equals(other) && !together(GROUPS, one, other);
  }

  /** Whether nobody can mean both: they are the same, opposites, or kinds of one thing. */
  public static boolean opposed(String one, String other) {
    return one.equals(other) || together(OPPOSED, one, other);
  }

  private static boolean together(List<Set<String>> groups, String one, String other) {
    return groups.stream().anyMatch(group -> group.contains(one) && group.contains(other));
  }
}
