package dev.mneme.edit.task;

import dev.mneme.edit.task.EditTask.Family;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTask.Strength;
import dev.mneme.edit.task.StyleTask.Style;
import dev.mneme.edit.task.UndoTask.Damage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every task, in a fixed order: what the base learns first, then what only memories learn, then
 * what arrives after both were taught.
 */
public final class EditTasks {
  private static final Strength STRENGTH = new Strength(0.5, 1, 1.5);

  private static final List<EditTask> ALL =
      List.of(
          // What the base learns.
          base("brighten", Family.LIGHT, Tones::brighten),
          base("darken", Family.LIGHT, Tones::darken),
          base("more_contrast", Family.LIGHT, Tones::moreContrast),
          base("less_contrast", Family.LIGHT, Tones::lessContrast),
          base("saturate", Family.COLOUR, Tones::saturate),
          base("desaturate", Family.COLOUR, Tones::desaturate),
          base("invert", Family.COLOUR, Tones::invert),
          base("sharpen", Family.TEXTURE, Textures::sharpen),
          base("soft_glow", Family.LOOK, Textures::softGlow),
          base("outline", Family.DRAWING, Drawings::outline),
          baseUndo("remove_grain", Family.RESTORATION, Damages::grain),
          baseUndo("remove_jpeg", Family.RESTORATION, Damages::jpeg),
          base("add_haze", Family.WEATHER, Tones::haze),
          lowLight(),
          // What memories learn: one operator for every picture.
          memory("blur", Family.TEXTURE, Textures::blur),
          memoryUndo("deblur", Family.RESTORATION, Damages::blur),
          memoryUndo("denoise", Family.RESTORATION, Damages::noise),
          memory("pixelate", Family.TEXTURE, Textures::pixelate),
          memory("sketch", Family.DRAWING, Drawings::sketch),
          memory("emboss", Family.DRAWING, Drawings::emboss),
          memory("warm", Family.COLOUR, Tones::warm),
          memory("cool", Family.COLOUR, Tones::cool),
          memory("sepia", Family.LOOK, Tones::sepia),
          memory("night", Family.LOOK, Tones::night),
          memory("add_grain", Family.TEXTURE, Textures::addGrain),
          memory("film", Family.LOOK, Tones::film),
          // What memories learn: the operator depends on the picture.
          perPicture("fix_exposure", Family.LIGHT, Damages::exposure),
          perPicture("remove_cast", Family.COLOUR, Damages::cast),
          perPicture("denoise_unknown", Family.RESTORATION, Damages::unknownNoise),
          perPicture("clear_haze", Family.WEATHER, Damages::haze),
          perPicture("even_contrast", Family.LIGHT, Damages::contrast),
          perPicture("undo_gamma", Family.LIGHT, Damages::gamma),
          // What arrives later, group by group.
          later("lift_shadows", Family.LIGHT, LocalLight::liftShadows),
          later("recover_highlights", Family.LIGHT, LocalLight::recoverHighlights),
          later("local_tone", Family.LIGHT, LocalLight::localTone),
          later("tint_magenta", Family.COLOUR, Colours::tintMagenta),
          later("tint_green", Family.COLOUR, Colours::tintGreen),
          later("vibrance", Family.COLOUR, Colours::vibrance),
          later("bw_red", Family.MONOCHROME, Colours::redFilter),
          later("bw_green", Family.MONOCHROME, Colours::greenFilter),
          later("bw_blue", Family.MONOCHROME, Colours::blueFilter),
          laterUndo("remove_colour_noise", Wear::colourNoise, false),
          laterUndo("motion_deblur", Wear::motion, true),
          laterUndo("remove_scratches", Wear::scratches, false),
          laterUndo("unfade", Wear::fade, true),
          later("cyanotype", Family.MONOCHROME, Looks::cyanotype),
          later("bw_yellow", Family.MONOCHROME, Colours::yellowFilter),
          later("soften", Family.TEXTURE, Textures::soften),
          later("clarity", Family.TEXTURE, LocalLight::clarity),
          laterUndo("upscale", Wear::reduce, false),
          later("slide_film", Family.LOOK, Looks::slideFilm),
          later("pastel_film", Family.LOOK, Looks::pastelFilm),
          later("cross_process", Family.LOOK, Looks::crossProcess),
          later("golden_hour", Family.LOOK, Looks::goldenHour),
          later("autumn", Family.COLOUR, Colours::autumn),
          later("duotone", Family.MONOCHROME, Looks::duotone),
          later("ink", Family.DRAWING, Drawings::ink),
          later("oil", Family.DRAWING, Paintings::oil),
          later("poster", Family.DRAWING, Paintings::poster),
          later("rain", Family.WEATHER, Weather::rain),
          later("snow", Family.WEATHER, Weather::snow),
          later("mist", Family.WEATHER, Weather::mist));

  /** Names of the groups that {@link Learner#LATER} tasks arrive in, three tasks each. */
  private static final List<String> GROUPS =
      List.of(
          "light", "colour", "filters", "repair", "archive", "detail", "film", "mood", "drawing",
          "weather");

  private static final int GROUP = 3;

  private static final Map<String, EditTask> BY_NAME = byName();

  private static final List<EditTask> UNTOUCHED = makeUntouched();

  private EditTasks() {}

  /** All tasks, immutable and in a fixed order. */
  public static List<EditTask> all() {
    return ALL;
  }

  /** The tasks of one learner, immutable and in the order of {@link #all()}. */
  public static List<EditTask> of(Learner learner) {
    return ALL.stream().filter(task -> task.learner() == learner).toList();
  }

  /**
   * The tasks a base and a memory are taught before any {@link Learner#LATER} one arrives,
   * immutable and in the order of {@link #all()}. The shipped models know these.
   */
  public static List<EditTask> founding() {
    return ALL.stream().filter(task -> task.learner() != Learner.LATER).toList();
  }

  /**
   * Wishes that a base learns to leave alone: those of every {@link Learner#LATER} task, and those
   * no editor can fulfil. None of them is in {@link #all()}, and none is a {@link Learner#MEMORY}
   * task's.
   */
  public static List<EditTask> untouched() {
    return UNTOUCHED;
  }

  private static List<EditTask> makeUntouched() {
    List<EditTask> untouched = new ArrayList<>();
    untouched.add(new UntouchedTask(UntouchedTask.UNKNOWN, founding()));
    of(Learner.LATER)
        .forEach(task -> untouched.add(new UntouchedTask(task.phrasings(), List.of(task))));
    return List.copyOf(untouched);
  }

  /**
   * The {@link Learner#LATER} tasks in groups of three, for learning one group after another.
   *
   * @return tasks by the group's name, immutable; groups and tasks in the order of {@link #all()}
   */
  public static Map<String, List<EditTask>> groups() {
    List<EditTask> later = of(Learner.LATER);
    Map<String, List<EditTask>> groups = new LinkedHashMap<>();
    for (int i = 0; i < GROUPS.size(); i++) {
      groups.put(GROUPS.get(i), later.subList(i * GROUP, (i + 1) * GROUP));
    }
    return Collections.unmodifiableMap(groups);
  }

  /**
   * The task of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static EditTask named(String name) {
    EditTask task = BY_NAME.get(name);
    if (task == null) {
      throw new IllegalArgumentException(
          "No edit task is named '" + name + "'; there are " + BY_NAME.keySet());
    }
    return task;
  }

  /** The task of this name, if it is one of these and not a user's own. */
  public static Optional<EditTask> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static Map<String, EditTask> byName() {
    Map<String, EditTask> tasks = new LinkedHashMap<>();
    ALL.forEach(task -> tasks.put(task.name(), task));
    return tasks;
  }

  private static EditTask base(String name, Family family, Style style) {
    return new StyleTask(name, family, Learner.BASE, STRENGTH, style);
  }

  private static EditTask baseUndo(String name, Family family, Damage damage) {
    return new UndoTask(name, family, Learner.BASE, false, STRENGTH, 1, damage);
  }

  /** Leaves nothing above 0.45 but noise, whose standard deviation is 0.016. */
  private static EditTask lowLight() {
    return new UndoTask(
        "low_light", Family.LIGHT, Learner.BASE, false, STRENGTH, 0.47, Damages::lowLight);
  }

  private static EditTask memory(String name, Family family, Style style) {
    return new StyleTask(name, family, Learner.MEMORY, STRENGTH, style);
  }

  private static EditTask memoryUndo(String name, Family family, Damage damage) {
    return new UndoTask(name, family, Learner.MEMORY, false, STRENGTH, 1, damage);
  }

  private static EditTask perPicture(String name, Family family, Damage damage) {
    return new UndoTask(name, family, Learner.MEMORY, true, STRENGTH, 1, damage);
  }

  private static EditTask later(String name, Family family, Style style) {
    return new StyleTask(name, family, Learner.LATER, STRENGTH, style);
  }

  private static EditTask laterUndo(String name, Damage damage, boolean perPicture) {
    return new UndoTask(name, Family.RESTORATION, Learner.LATER, perPicture, STRENGTH, 1, damage);
  }
}
