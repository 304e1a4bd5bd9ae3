package dev.mneme.cli;

import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.picture.PictureFile;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.picture.SideBySide;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Edits one photo after another with one editor, opened when the first photo has been read. */
final class EditRun implements AutoCloseable {
  private final EditRequest request;
  private final Voice voice;
  private final PictureReader reader = new PictureReader();
  private Editor editor;
  private Operator kept; // the operator of --adapter

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
    open();
    Operator operator = kept == null ? recall(photo.image()) : kept;
    try {
      RasterImage edited;
      try (TileBar bar = voice.bar(job.source())) {
        edited = editor.apply(photo.image(), operator, request.strength().value(), bar);
      }
      String provenance = request.provenance(editor, operator);
      if (request.saveAdapter() != null) {
        Writing.to(request.saveAdapter(), () -> operator.save(request.saveAdapter()));
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

  private void write(Path target, RasterImage image, String provenance, long begin)
      throws IOException {
    List<String> notes = PictureWriter.write(target, image, provenance);
    notes.forEach(note -> voice.note(target, note));
    voice.wrote(target, image.width(), image.height(), (System.nanoTime() - begin) / 1e9);
  }

  private void open() throws Hopeless {
    if (editor != null) {
      return;
    }
    try {
      editor = Editor.open(request.models());
      if (request.adapter() != null) {
        kept = load(request.adapter());
      }
    } catch (NoSuchFileException e) {
      throw new Hopeless(
          new CommandException(
              ExitCode.MODEL_MISSING,
              e.getFile()
                  + ": expected a file of a model or an adapter, found nothing. Check "
                  + (request.adapter() == null ? "--models" : "--models and --adapter"),
              e));
    } catch (IOException | RuntimeException e) {
      throw new Hopeless(e);
    }
  }

  private Operator load(Path adapter) throws IOException {
    try {
      return Operator.load(adapter, editor);
    } catch (ModelException | SafetensorsException | NoSuchFileException e) {
      throw e;
    } catch (IOException e) { // a configuration of something other than plain LoRA
      throw new CommandException(ExitCode.ADAPTER_MISMATCH, e.getMessage(), e);
    }
  }

  private Operator recall(RasterImage photo) throws Hopeless {
    try {
      return editor.recall(photo, request.sentence());
    } catch (UnusableSentenceException e) {
      throw new Hopeless(e);
    }
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
    }
    if (editor != null) {
      editor.close();
    }
  }
}
