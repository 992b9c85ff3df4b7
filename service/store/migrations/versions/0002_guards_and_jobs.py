"""Guards that no program can step over, and the job queue."""

from alembic import op
from procrastinate import App, SyncPsycopgConnector

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONLY_GROWS = ("suggestions", "decisions", "handling_events", "link_events", "audit")

# A receipt is the proof given to a citizen: what it proves never changes and it is never deleted.
GUARDS = """
CREATE FUNCTION donthu_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'donthu: rows of % are never changed or deleted', TG_TABLE_NAME;
END $$;

CREATE FUNCTION donthu_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('donthu.person', true), '') <> '' THEN
        RETURN NEW;
    END IF;
    IF OLD.decided AND (
        (NEW.type, NEW.field, NEW.stage, NEW.competence_kind, NEW.agency, NEW.action, NEW.unit_code, NEW.due,
         NEW.state, NEW.holder_id, NEW.sealed)
        IS DISTINCT FROM
        (OLD.type, OLD.field, OLD.stage, OLD.competence_kind, OLD.agency, OLD.action, OLD.unit_code, OLD.due,
         OLD.state, OLD.holder_id, OLD.sealed)
        OR NOT NEW.decided) THEN
        RAISE EXCEPTION 'donthu: a machine may not change what a person has decided (petition %)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER petitions_keep_decision BEFORE UPDATE ON petitions
    FOR EACH ROW EXECUTE FUNCTION donthu_keep_decision();

CREATE FUNCTION donthu_keep_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'donthu: receipts are never deleted (receipt %)', OLD.number;
    END IF;
    IF (NEW.number, NEW.sha256, NEW.file_name, NEW.channel, NEW.received_at, NEW.received_on)
       IS DISTINCT FROM
       (OLD.number, OLD.sha256, OLD.file_name, OLD.channel, OLD.received_at, OLD.received_on) THEN
        RAISE EXCEPTION 'donthu: what a receipt proves is never changed (receipt %)', OLD.number;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receipts_keep BEFORE UPDATE OR DELETE ON receipts
    FOR EACH ROW EXECUTE FUNCTION donthu_keep_receipt();

CREATE FUNCTION donthu_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'donthu: rows of % are never deleted', TG_TABLE_NAME;
END $$;
"""


def upgrade() -> None:
    # Straight to the driver: many statements at once, and `%` means itself.
    run = op.get_bind().connection.driver_connection.execute
    run(GUARDS)
    for table in ONLY_GROWS:
        run(
            f"CREATE TRIGGER {table}_only_grow BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION donthu_only_grows()"
        )
    for table in ("petitions", "links", "blobs"):
        run(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION donthu_no_delete()"
        )
    for table in (*ONLY_GROWS, "receipts", "petitions", "links", "blobs"):
        run(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION donthu_no_delete()"
        )
    run(App(connector=SyncPsycopgConnector()).schema_manager.get_schema())


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup instead")
