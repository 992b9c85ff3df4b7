"""first schema"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('blobs',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('counters',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('sign_in_failures',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('login', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failures'))
    )
    op.create_index(op.f('ix_sign_in_failures_login'), 'sign_in_failures', ['login'], unique=False)
    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('unit_code', sa.Text(), nullable=True),
    sa.Column('sees_denunciations', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("role IN ('clerk', 'handler', 'lead', 'admin')", name=op.f('ck_users_role')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('login', name=op.f('uq_users_login'))
    )
    op.create_table('api_tokens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_api_tokens_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_tokens_token_hash'))
    )
    op.create_table('audit',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('object_id', sa.Text(), nullable=False),
    sa.Column('details', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_audit_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    op.create_table('readings',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.Column('confidence', sa.Double(), nullable=True),
    sa.Column('reader_version', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_readings_sha256')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_readings'))
    )
    op.create_table('receipts',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('channel_key', sa.Text(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('received_by', sa.Integer(), nullable=True),
    sa.Column('same_file_of', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('problems', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('refused_reason', sa.Text(), nullable=True),
    sa.Column('pages_done', sa.Integer(), nullable=False),
    sa.Column('pages_total', sa.Integer(), nullable=True),
    sa.CheckConstraint("state <> 'refused' OR refused_reason IS NOT NULL", name=op.f('ck_receipts_refused_has_reason')),
    sa.CheckConstraint("state IN ('waiting', 'filed', 'problem', 'refused')", name=op.f('ck_receipts_state')),
    sa.ForeignKeyConstraint(['received_by'], ['users.id'], name=op.f('fk_receipts_received_by')),
    sa.ForeignKeyConstraint(['same_file_of'], ['receipts.id'], name=op.f('fk_receipts_same_file_of')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_receipts_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts')),
    sa.UniqueConstraint('channel', 'channel_key', name=op.f('uq_receipts_channel_channel_key')),
    sa.UniqueConstraint('number', name=op.f('uq_receipts_number'))
    )
    op.create_index('ix_receipts_received_on', 'receipts', ['received_on'], unique=False)
    op.create_index('ix_receipts_sha256', 'receipts', ['sha256'], unique=False)
    op.create_index('ix_receipts_state', 'receipts', ['state'], unique=False)
    op.create_table('sessions',
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('csrf', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sessions_user_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sessions'))
    )
    op.create_table('archive_items',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('receipt_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['receipt_id'], ['receipts.id'], name=op.f('fk_archive_items_receipt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_archive_items')),
    sa.UniqueConstraint('source', 'key', name=op.f('uq_archive_items_source_key'))
    )
    op.create_table('mail_ledger',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('mailbox', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('tray', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('receipt_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['receipt_id'], ['receipts.id'], name=op.f('fk_mail_ledger_receipt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_ledger')),
    sa.UniqueConstraint('mailbox', 'digest', name=op.f('uq_mail_ledger_mailbox_digest'))
    )
    op.create_index(op.f('ix_mail_ledger_message_id'), 'mail_ledger', ['message_id'], unique=False)
    op.create_table('petitions',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('receipt_id', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('decided', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('search_exact', postgresql.TSVECTOR(), sa.Computed("to_tsvector('simple', left(text, 200000))", persisted=True), nullable=False),
    sa.Column('search_folded', postgresql.TSVECTOR(), sa.Computed("to_tsvector('simple', left(folded, 200000))", persisted=True), nullable=False),
    sa.Column('petitioner', sa.Text(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=True),
    sa.Column('competence_kind', sa.Text(), nullable=False),
    sa.Column('agency', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('unit_code', sa.Text(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('needs_review', sa.Boolean(), nullable=False),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('suggestion_id', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("state IN ('review', 'queued', 'taken', 'done')", name=op.f('ck_petitions_state')),
    sa.ForeignKeyConstraint(['holder_id'], ['users.id'], name=op.f('fk_petitions_holder_id')),
    sa.ForeignKeyConstraint(['receipt_id'], ['receipts.id'], name=op.f('fk_petitions_receipt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petitions')),
    sa.UniqueConstraint('receipt_id', name=op.f('uq_petitions_receipt_id'))
    )
    op.create_index('ix_petitions_queue', 'petitions', ['unit_code', 'state', 'due'], unique=False)
    op.create_index('ix_petitions_search_exact', 'petitions', ['search_exact'], unique=False, postgresql_using='gin')
    op.create_index('ix_petitions_search_folded', 'petitions', ['search_folded'], unique=False, postgresql_using='gin')
    op.create_table('handling_events',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('petition_id', sa.BigInteger(), nullable=False),
    sa.Column('verb', sa.Text(), nullable=False),
    sa.Column('from_unit', sa.Text(), nullable=True),
    sa.Column('to_unit', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petitions.id'], name=op.f('fk_handling_events_petition_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_handling_events_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handling_events'))
    )
    op.create_index(op.f('ix_handling_events_petition_id'), 'handling_events', ['petition_id'], unique=False)
    op.create_table('link_features',
    sa.Column('petition_id', sa.BigInteger(), nullable=False),
    sa.Column('exact_hash', sa.Text(), nullable=False),
    sa.Column('fp', sa.ARRAY(sa.Integer()), nullable=False),
    sa.Column('keys', sa.ARRAY(sa.Integer()), nullable=False),
    sa.Column('features', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petitions.id'], name=op.f('fk_link_features_petition_id')),
    sa.PrimaryKeyConstraint('petition_id', name=op.f('pk_link_features'))
    )
    op.create_index(op.f('ix_link_features_exact_hash'), 'link_features', ['exact_hash'], unique=False)
    op.create_index('ix_link_features_fp', 'link_features', ['fp'], unique=False, postgresql_using='gin')
    op.create_index('ix_link_features_keys', 'link_features', ['keys'], unique=False, postgresql_using='gin')
    op.create_table('links',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('petition_id', sa.BigInteger(), nullable=False),
    sa.Column('earlier_id', sa.BigInteger(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('probability', sa.Double(), nullable=False),
    sa.Column('evidence', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("state IN ('proposed', 'confirmed', 'rejected')", name=op.f('ck_links_state')),
    sa.ForeignKeyConstraint(['earlier_id'], ['petitions.id'], name=op.f('fk_links_earlier_id')),
    sa.ForeignKeyConstraint(['petition_id'], ['petitions.id'], name=op.f('fk_links_petition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_links')),
    sa.UniqueConstraint('petition_id', 'earlier_id', name=op.f('uq_links_petition_id_earlier_id'))
    )
    op.create_index(op.f('ix_links_earlier_id'), 'links', ['earlier_id'], unique=False)
    op.create_index(op.f('ix_links_petition_id'), 'links', ['petition_id'], unique=False)
    op.create_table('suggestions',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('petition_id', sa.BigInteger(), nullable=False),
    sa.Column('model_version', sa.Text(), nullable=False),
    sa.Column('proposal', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petitions.id'], name=op.f('fk_suggestions_petition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestions'))
    )
    op.create_index(op.f('ix_suggestions_petition_id'), 'suggestions', ['petition_id'], unique=False)
    # The two tables name each other, so this constraint has to wait for the second of them.
    op.create_foreign_key(op.f('fk_petitions_suggestion_id'), 'petitions', 'suggestions', ['suggestion_id'], ['id'], initially='DEFERRED', deferrable=True)
    op.create_table('decisions',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('petition_id', sa.BigInteger(), nullable=False),
    sa.Column('suggestion_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('values', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('changed', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petitions.id'], name=op.f('fk_decisions_petition_id')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestions.id'], name=op.f('fk_decisions_suggestion_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_decisions_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions'))
    )
    op.create_index(op.f('ix_decisions_petition_id'), 'decisions', ['petition_id'], unique=False)
    op.create_table('link_events',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('link_id', sa.BigInteger(), nullable=False),
    sa.Column('verb', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['links.id'], name=op.f('fk_link_events_link_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_link_events_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_events'))
    )
    op.create_index(op.f('ix_link_events_link_id'), 'link_events', ['link_id'], unique=False)



def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup instead")
