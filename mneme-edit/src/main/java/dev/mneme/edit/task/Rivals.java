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

  private Rivals() {}

  /** Whether both tasks can be wanted of one picture. */
  public static boolean none(String one, String other) {
    return !one.equals(other)
        && GROUPS.stream().noneMatch(group -> group.contains(one) && group.contains(other));
  }
}
