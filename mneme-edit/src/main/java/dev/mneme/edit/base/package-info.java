/**
 * The base editor: a small text-conditioned image transformer over square tiles.
 *
 * <p>{@link dev.mneme.edit.base.EditorModel} reads it, {@link dev.mneme.edit.base.Glance} looks at
 * a whole picture with it, {@link dev.mneme.edit.base.EditorBase#forward} edits tiles with the
 * adapters that come with the call.
 */
package dev.mneme.edit.base;
