package dev.mneme.cli;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.PictureFile;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.picture.SideBySide;
import dev.mneme.edit.pipeline.Amount;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.region.PlaceNotFoundException;
import dev.mneme.edit.region.Region;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.edit.words.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Edits one photo after another with one editor, opened when the first photo has been read. */
final class EditRun implements AutoCloseable {
  private final EditRequest request;
  private final Voice voice;
  private final PictureReader reader = new PictureReader();
  private Mask mask; // of --mask
  private Operators operators;
  private Operator kept; // the operator that serves all photos
  private RasterImage reference; // of --like

  EditRun(EditRequest request, Voice voice) {
    this.request = request;
    this.voice = voice;
  }

  /** A failure that every photo would meet. */
  private static final class Hopeless extends Exception {
    Hopeless(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Does all jobs it can.
   *
   * @return the first failure's code, OK if there was none
   */
  ExitCode all(List<EditJob> jobs) {
    ExitCode first = ExitCode.OK;
    for (EditJob job : jobs) {
      ExitCode code = ExitCode.OK;
      boolean hopeless = false;
      try {
        edit(job);
      } catch (Hopeless e) {
        code = voice.failed(e.getCause());
        hopeless = true;
      } catch (Exception | OutOfMemoryError e) {
        code = voice.failed(e);
      }
      first = first == ExitCode.OK ? code : first;
      if (hopeless) {
        break;
      }
    }
    return first;
  }

  private void edit(EditJob job) throws IOException, Hopeless {
    long begin = System.nanoTime();
    PictureFile photo = reader.read(job.source());
    photo.notes().forEach(note -> voice.note(job.source(), note));
    Optional<Mask> drawn = mask(job.source(), photo.image());
    open();
    Done done = new Done(photo.image(), List.of());
    if (kept != null) {
      done = done.then(edited(job, done.image(), kept, Optional.empty(), drawn), step(kept, drawn));
    }
    if (request.wanted() instanceof Wanted.Like wanted) {
      done = like(job, done, wanted, drawn);
    }
    if (request.wanted().sentence().isPresent()) {
      done = inTurn(job, done, request.wanted().sentence().get(), drawn);
    }
    String sentence = request.said().orElseGet(this::silent);
    String provenance = request.provenance(operators.editor(), done.steps(), sentence);
    write(job.target(), done, provenance, begin);
    if (job.comparison().isPresent()) {
      RasterImage both = SideBySide.of(photo.image(), done.image());
      write(job.comparison().get(), new Done(both, done.steps()), provenance, begin);
    }
  }

  private static Step step(Operator operator, Optional<Mask> where) {
    return Step.of(operator, Optional.empty(), where);
  }

  /** What stands for a sentence where there is none. */
  private String silent() {
    return kept == null ? Shown.SENTENCE : kept.sentence();
  }

  /** The look of another picture, by an operator of this photo's own. */
  private Done like(EditJob job, Done begun, Wanted.Like wanted, Optional<Mask> where) {
    try (Operator operator = operators.like(begun.image(), reference)) {
      RasterImage edited = edited(job, begun.image(), operator, Optional.empty(), where);
      wanted.save().ifPresent(folder -> Writing.to(folder, () -> operator.save(folder)));
      return begun.then(edited, step(operator, where));
    }
  }

  /** A photo on its way, and what was done to it. */
  private record Done(RasterImage image, List<Step> steps) {
    Done then(RasterImage edited, Step step) {
      List<Step> all = new ArrayList<>(steps);
      all.add(step);
      return new Done(edited, all);
    }

    /** What was heard in the wishes, for people. */
    String heard() {
      return steps.stream()
          .map(Step::heard)
          .filter(heard -> !heard.isEmpty())
          .collect(Collectors.joining("; "));
    }
  }

  /** Every wish of a sentence, each on what those before it left; places are of the photo. */
  private Done inTurn(EditJob job, Done begun, Wanted.Sentence sentence, Optional<Mask> drawn)
      throws Hopeless {
    Done done = begun;
    for (Asked part : wishes(sentence)) {
      Asked wish = request.used(part);
      if (drawn.isPresent()) {
        part.place().ifPresent(named -> maskWins(job.source(), named));
      }
      Optional<Mask> where = drawn.isPresent() ? drawn : place(job.source(), begun.image(), wish);
      if (wish.deed().isRetouch()) {
        done = retouched(done, wish, request.amount(Optional.of(wish), where));
        continue;
      }
      try (Operator operator = recall(done.image(), wish)) {
        RasterImage edited = edited(job, done.image(), operator, Optional.of(wish), where);
        done = done.then(edited, Step.of(operator, Optional.of(wish), where));
        if (sentence.save().isPresent()) {
          save(sentence.save().get(), operator, wish);
        }
      }
    }
    return done;
  }

  private void maskWins(Path source, Region named) {
    voice.note(source, "--mask says where, not \"" + named + "\" in the sentence");
  }

  private Done retouched(Done begun, Asked wish, Amount amount) {
    RasterImage retouched = operators.editor().retouch(begun.image(), wish, amount);
    return begun.then(retouched, Step.of(wish, amount.mask()));
  }

  private Operator recall(RasterImage photo, Asked wish) throws Hopeless {
    try {
      return operators.recall(photo, wish.wish());
    } catch (UnusableSentenceException e) {
      throw new Hopeless(e);
    }
  }

  private List<Asked> wishes(Wanted.Sentence sentence) throws Hopeless {
    try {
      return operators.inTurn(sentence);
    } catch (UnusableSentenceException e) {
      throw new Hopeless(e);
    }
  }

  private void save(Path folder, Operator operator, Asked asked) {
    Writing.to(folder, () -> operator.save(folder));
    if (!asked.heard().isEmpty()) {
      voice.note(folder, NotKept.of(asked));
    }
  }

  private RasterImage edited(
      EditJob job,
      RasterImage photo,
      Operator operator,
      Optional<Asked> wish,
      Optional<Mask> where) {
    Amount amount = request.amount(wish, where);
    try (TileBar bar = voice.bar(job.source())) {
      return operators.editor().apply(photo, operator, amount, bar);
    }
  }

  /** The mask, read with the first photo, if one is asked for. */
  private Optional<Mask> mask(Path source, RasterImage photo) throws Hopeless {
    if (request.mask().isEmpty()) {
      return Optional.empty();
    }
    Path file = request.mask().get();
    if (mask == null) {
      try {
        mask = Mask.of(reader.read(file).image());
      } catch (IOException e) {
        throw new Hopeless(e);
      }
    }
    if (!mask.fits(photo)) {
      throw new CommandException(
          ExitCode.MASK_MISMATCH,
          ("%s: expected a mask as large as %s is shown, %d x %d pixels, found %d x %d."
                  + " Make one of the photo's size")
              .formatted(file, source, photo.width(), photo.height(), mask.width(), mask.height()));
    }
    return Optional.of(mask);
  }

  /** The mask of the place that a wish names. */
  private Optional<Mask> place(Path source, RasterImage photo, Asked wish) {
    try {
      return operators.editor().place(photo, wish);
    } catch (PlaceNotFoundException e) {
      throw new CommandException(ExitCode.MASK_MISMATCH, source + ": " + e.getMessage(), e);
    }
  }

  private void write(Path target, Done done, String provenance, long begin) throws IOException {
    RasterImage image = done.image();
    List<String> notes = PictureWriter.write(target, image, provenance);
    notes.forEach(note -> voice.note(target, note));
    voice.wrote(
        target, image.width(), image.height(), (System.nanoTime() - begin) / 1e9, done.heard());
  }

  private void open() throws Hopeless {
    if (operators != null) {
      return;
    }
    try {
      operators =
          new Operators(request.models(), request.said().map(said -> Asked.of(said).wish()));
      if (request.wanted() instanceof Wanted.Kept wanted) {
        kept = operators.load(wanted.parts());
      } else if (request.wanted() instanceof Wanted.Shown wanted) {
        kept = operators.shown(wanted.pairs());
        wanted.save().ifPresent(folder -> Writing.to(folder, () -> kept.save(folder)));
      } else if (request.wanted() instanceof Wanted.Like wanted) {
        reference = reader.read(wanted.reference()).image();
      }
      boolean masked = request.mask().isPresent();
      request.wanted().sentence().ifPresent(wanted -> operators.requireKnown(wanted, masked));
    } catch (IOException | RuntimeException e) {
      throw new Hopeless(e);
    }
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
    }
    if (operators != null) {
      operators.close();
    }
  }
}
