package dev.mneme.cli;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.PictureFile;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.picture.SideBySide;
import dev.mneme.edit.pipeline.Amount;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.region.PlaceNotFoundException;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.edit.words.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Edits one photo after another with one editor, opened when the first photo has been read. */
final class EditRun implements AutoCloseable {
  private final EditRequest request;
  private final Voice voice;
  private final PictureReader reader = new PictureReader();
  private Mask mask; // of --mask
  private Operators operators;
  private Operator kept; // the operator that serves all photos

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
    Optional<Mask> where = drawn.isPresent() ? drawn : place(job.source(), photo.image());
    Operator operator =
        request.wanted() instanceof Wanted.Sentence sentence
            ? recall(photo.image(), sentence)
            : kept;
    try {
      RasterImage edited = edited(job, photo.image(), operator, where);
      String provenance = request.provenance(operators.editor(), operator, where);
      if (request.wanted() instanceof Wanted.Sentence sentence && sentence.save().isPresent()) {
        Path folder = sentence.save().get();
        Writing.to(folder, () -> operator.save(folder));
        if (!sentence.asked().heard().isEmpty()) {
          voice.note(folder, NotKept.of(sentence.asked()));
        }
      }
      write(job.target(), edited, provenance, begin);
      if (job.comparison().isPresent()) {
        RasterImage both = SideBySide.of(photo.image(), edited);
        write(job.comparison().get(), both, provenance, begin);
      }
    } finally {
      if (operator != kept) {
        operator.close();
      }
    }
  }

  private Operator recall(RasterImage photo, Wanted.Sentence sentence) throws Hopeless {
    try {
      return operators.recall(photo, sentence);
    } catch (UnusableSentenceException e) {
      throw new Hopeless(e);
    }
  }

  private RasterImage edited(
      EditJob job, RasterImage photo, Operator operator, Optional<Mask> where) {
    Amount amount = request.amount(where);
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
    request
        .asked()
        .flatMap(Asked::place)
        .ifPresent(
            place ->
                voice.note(source, "--mask says where, not \"" + place + "\" in the sentence"));
    if (!mask.fits(photo)) {
      throw new CommandException(
          ExitCode.MASK_MISMATCH,
          ("%s: expected a mask as large as %s is shown, %d x %d pixels, found %d x %d."
                  + " Make one of the photo's size")
              .formatted(file, source, photo.width(), photo.height(), mask.width(), mask.height()));
    }
    return Optional.of(mask);
  }

  /** The mask of the place that the sentence names. */
  private Optional<Mask> place(Path source, RasterImage photo) {
    try {
      return request.place().map(region -> region.in(photo));
    } catch (PlaceNotFoundException e) {
      throw new CommandException(ExitCode.MASK_MISMATCH, source + ": " + e.getMessage(), e);
    }
  }

  private void write(Path target, RasterImage image, String provenance, long begin)
      throws IOException {
    List<String> notes = PictureWriter.write(target, image, provenance);
    notes.forEach(note -> voice.note(target, note));
    voice.wrote(
        target, image.width(), image.height(), (System.nanoTime() - begin) / 1e9, request.heard());
  }

  private void open() throws Hopeless {
    if (operators != null) {
      return;
    }
    try {
      operators = new Operators(request.models());
      if (request.wanted() instanceof Wanted.Kept wanted) {
        kept = operators.load(wanted.parts());
      } else if (request.wanted() instanceof Wanted.Sentence wanted) {
        operators.requireKnown(wanted);
      }
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
