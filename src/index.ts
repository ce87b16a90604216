/**
 * The library: everything that the command line does, a program can do.
 *
 * A step is a function of a {@link Session}, which {@link inWorkspace} opens; {@link verify} needs none. Readers take bytes from outside and
 * either give a typed document or throw a {@link HandoverError}, whose `problem` is data: {@link sentenceOf} says it in Chinese or English.
 * Nothing here asks questions, prints, or reads the clock by itself: the clock and the passphrase come from the {@link Caller}.
 *
 * @packageDocumentation
 */

// The way that most programs take (docs/library.md).
export {
  type Caller,
  type CheckOptions,
  checkCustomers,
  type ExportOptions,
  exportCustomers,
  type ImportOptions,
  importConsents,
  importCustomers,
  inWorkspace,
} from './library.js';

// The steps of a handover: one function for each thing that a person can do.
export { type ApprovalView, approve, viewApproval } from './steps/check/approve.js';
export { type AttestedPlace, attestedPlaces, attestPlace } from './steps/purge/attest.js';
export {
  type AuditFileResult,
  type AuditVerifyResult,
  auditLog,
  auditVerify,
  auditVerifyFile,
  type LogFile,
  type LogFilter,
} from './steps/evidence/audit.js';
export { auditReport, type ReportInput, reportProof, writeReport } from './steps/evidence/report.js';
export type { CardView } from './steps/session/cards.js';
export { exportCard, viewCard } from './steps/setup/card.js';
export { type CheckInput, check } from './steps/check/check.js';
export type { CheckResult } from './steps/check/result.js';
export {
  type TextDraft,
  type TextDraftInput,
  draftCampaign,
} from './steps/campaign/campaign.js';
export { type Batch, type BatchInput, drawBatch } from './steps/campaign/batch.js';
export { type AnswersInput, type AnswersResult, importAnswers } from './steps/campaign/answers.js';
export { type CampaignState, campaignState } from './steps/campaign/status.js';
export { addWord, type KnownWords, knownWords } from './steps/campaign/words.js';
export {
  type Listed,
  type ListedPerson,
  type ListFile,
  maskedPersons,
  writeList,
} from './steps/check/list-persons.js';
export {
  type CheckedEventProof,
  type CheckedProof,
  type CheckedSubjectProof,
  checkProof,
} from './steps/evidence/check-proof.js';
export { requireSoundClock, viewClock } from './steps/session/clock.js';
export {
  type DealVersions,
  type DealView,
  findDeal,
  viewDeal,
  viewVersions,
} from './steps/deal/deal.js';
export {
  type DealDraft,
  type DraftAnswers,
  type DraftBasis,
  draftBasis,
  draftDeal,
} from './steps/deal/draft.js';
export { type DealReview, type DealSigned, reviewDeal, signDeal } from './steps/deal/signing.js';
export { type AbortInput, type AbortResult, abortDeal } from './steps/persons/abort.js';
export { type DoctorFinding, doctor } from './steps/setup/doctor.js';
export { erasureLedgerAt, writeErasureLedger } from './steps/purge/erasure-ledger.js';
export { type ExplainInput, type ExplainResult, explainSubject } from './steps/check/explain.js';
export { type AssembledBundle, type AssembleInput, assembleBundle } from './steps/export/assemble.js';
export { type ExportInput, type ExportResult, exportBundle } from './steps/export/export.js';
export { type ExportFileInput, type ExportFileResult, exportFile } from './steps/export/from-file.js';
export { type PlanLotsInput, type PlannedLots, planLots } from './steps/export/plan-lots.js';
export { type SealedLotResult, type SealLotInput, sealLot } from './steps/export/seal-lot.js';
export {
  EXTRACT_FORMATS,
  type ExtractFormat,
  type ExtractInput,
  type ExtractResult,
  extract,
} from './steps/receive/extract.js';
export { tagText } from './base/tagger.js';
export { forgetTags, type TagKeys, tagKeys } from './steps/evidence/forget-tags.js';
export { type FormInput, type FormResult, makeForm, selfAuditForm } from './steps/evidence/form.js';
export { Session, withSession, type Keys, type Runtime } from './steps/session/session.js';
export { type ImportInput, type ImportResult, importFile } from './steps/import/import.js';
export { type PlannedRanges, type PlanRangesInput, planRanges } from './steps/import/plan-ranges.js';
export { type ReadHome, type ReadHomeInput, importRead } from './steps/import/read-home.js';
export { type ReadRangeInput, type ReadRangeResult, readRange } from './steps/import/read-range.js';
export {
  type CloseInput,
  closeIncident,
  type DraftInput,
  draftIncident,
  type IncidentInput,
  type IncidentView,
  incidents,
  openIncident,
  type UpdateInput,
  updateIncident,
  viewIncident,
} from './steps/incident/incident.js';
export { type InitInput, type InitResult, init } from './steps/setup/init.js';
export { type ApplyInput, type ApplyResult, applyNotice } from './steps/persons/notice-apply.js';
export {
  type AcceptNoticeResult,
  acceptCompletion,
  listNotices,
  type NoticeView,
} from './steps/persons/notice-list.js';
export type { SentNotice } from './steps/persons/notice-send.js';
export { type EvidencePackInput, type EvidencePackResult, packEvidence } from './steps/evidence/pack.js';
export { type ProveEventInput, type ProveEventResult, proveEvent } from './steps/evidence/prove-event.js';
export {
  draftSubjectProof,
  type ProveSubjectInput,
  type SubjectProofDraft,
  writeSubjectProof,
} from './steps/evidence/prove-subject.js';
export { type PruneInput, type PruneResult, planPruning, pruneLog } from './steps/evidence/prune-log.js';
export { approvePurge, waitingPurge } from './steps/purge/approve.js';
export { findPurge, planPurge, type PurgeInput, type PurgeView, viewPurge } from './steps/purge/plan.js';
export { type Replay, type ReplayInput, replayErasures } from './steps/purge/replay.js';
export { type PurgeResult, type PurgeRunInput, runPurge } from './steps/purge/run.js';
export type { PurgeScope } from './steps/purge/scope.js';
export { type CertificateView, viewCertificate } from './steps/purge/show.js';
export { acceptReceipt, type ReceiptView, viewReceipt } from './steps/receive/receipt.js';
export { type OpenPartInput, type OpenPartResult, openPartFor } from './steps/receive/open-part.js';
export { type ReceiveInput, type ReceiveResult, receive } from './steps/receive/receive.js';
export { type SplitInput, type SplitResult, splitBundle } from './steps/receive/split.js';
export {
  type RequestOrigin,
  listRequests,
  refuseRequest,
  type RequestView,
} from './steps/persons/requests.js';
export {
  type Covered,
  endRestraint,
  type FreezeInput,
  type HoldInput,
  listRestraints,
  placeFreeze,
  placeHold,
  type RestraintPlaced,
  type RestraintView,
  readSubjects,
} from './steps/retention/restraints.js';
export { type Retention, type RetentionPart, retention } from './steps/retention/retention.js';
export { type DealStatus, type StatusResult, status } from './steps/status/status.js';
export { type SubjectPlace, type SubjectTags, tagsOf } from './steps/session/subject-tags.js';
export { type CorrectInput, type CorrectResult, correctSubject } from './steps/persons/correct.js';
export { type DecideInput, decidePair } from './steps/persons/decide.js';
export { type DuplicatesResult, findDuplicates } from './steps/persons/duplicates.js';
export { type EraseInput, type EraseResult, eraseSubject } from './steps/persons/erase.js';
export { type CopyInput, type CopyResult, exportSubject } from './steps/persons/export.js';
export { type OpenRequestInput, openRequestFor } from './steps/persons/open-request.js';
export {
  type HistoryResult,
  type ShowInput,
  type ShowResult,
  showSubject,
  subjectHistory,
} from './steps/persons/show.js';
export { type WithdrawInput, type WithdrawResult, withdraw } from './steps/persons/withdraw.js';
export { acceptTimestamp, requestTimestamp } from './steps/evidence/timestamp.js';
export { trustCard, trustedCards } from './steps/setup/trust.js';
export { type VerifyResult, verify, verifyWith } from './steps/receive/verify.js';
export { findWorkspace, isWorkspace } from './store/workspace.js';

// The audit report: its data and its pages.
export { type ReportData, reportSchema } from './report/audit-report.js';
export type { ReportProof } from './report/signed-page.js';
export { reportHtml } from './report/audit-report-html.js';

// A bundle, taken apart by hand: the numbered steps of docs/formats.md.
export { type Approval, approvalSchema, readApproval } from './bundle/approval.js';
export type { RandomAccess } from './base/random-access.js';
export type { SignedDocument } from './bundle/document.js';
export { type Manifest, manifestSchema, readManifest } from './bundle/manifest.js';
export {
  openBundle,
  type Trust,
  type UnverifiedBundle,
  VERIFICATION_STEPS,
  type VerificationStep,
  type VerifiedBundle,
  verifyBundle,
} from './bundle/open.js';
export type { OpenedBundlePage } from './bundle/page-reading.js';
export { type Plan, planOf, planSchema, readPlan } from './bundle/plan.js';
export {
  type Receipt,
  readReceipt,
  receiptSchema,
  type VerifiedReceipt,
  verifyReceipt,
} from './bundle/receipt.js';
export {
  addressedTo,
  type ComputedResource,
  type OurBundle,
  openBundleSecrets,
  openResource,
  type Recipient,
} from './bundle/unseal.js';
export { type OpenFile, openFile } from './store/random-access.js';

// The other documents that a party can be sent.
export { type Checkpoint, type CheckpointReading, readCheckpoint } from './audit/checkpoint.js';
export { type EventAction, eventBytes, eventSchema, type LoggedEvent, readEvent } from './audit/event.js';
export {
  type EventProof,
  eventProofSchema,
  type ProvedEvent,
  verifyEventProof,
} from './audit/event-proof.js';
export { type Anchor, type LogResult, type StoredEvent, verifyLog } from './audit/log.js';
export { verifyProof } from './audit/proof.js';
export { type Timestamp, type TimestampTrust, verifyTimestamp } from './audit/timestamp.js';
export {
  type Completion,
  completionSchema,
  readCompletion,
  type VerifiedCompletion,
  verifyCompletion,
} from './bundle/completion.js';
export {
  type BuyerNotice,
  type NoticeReading,
  noticeSchema,
  openCorrections,
  readNotice,
  type VerifiedBuyerNotice,
  verifyBuyerNotice,
} from './bundle/notice.js';
export { type EvidenceIndex, evidenceIndexSchema, readEvidenceIndex } from './bundle/pack.js';
export { type VerifiedEvidencePack, verifyEvidencePack } from './bundle/pack-reading.js';
export {
  type ProvedSubject,
  type SubjectProof,
  subjectProofSchema,
  verifySubjectProof,
} from './bundle/subject-proof.js';
export { readDealFile } from './deal/deal-file.js';
export { dealBytes, dealDigest, readDealJson, type SignedDeal } from './deal/signed-deal.js';
export { type Terms, termsSchema } from './deal/terms.js';
export type { DealKind } from './messages/deal-kinds.js';
export type { DealFile } from './deal/terms-reading.js';
export { type Card, type ClaimedCard, cardSchema, readCard } from './identity/card.js';
export { fingerprint } from './identity/fingerprint.js';
export { type Identity, newIdentity } from './identity/identity.js';
export { type MinisignVerified, readPublicKeyText, verifyMinisign } from './identity/minisign.js';
export { openIdentity, sealIdentity } from './identity/sealed-identity.js';
export { recognise, type TrustedCard, trustAsSuccessor, trustByFingerprint } from './identity/trust.js';

// How long what is kept, and whom purges ended.
export { limitText, type PurgeLimit } from './messages/limits.js';
export { PLACES, PLACE_STATES, type Place, type PlaceState } from './messages/places.js';
export {
  type Certificate,
  certificateSchema,
  type ExpectedIssuer,
  readCertificate,
  type SignedCertificate,
  type VerifiedCertificate,
  verifyCertificate,
} from './retention/certificate.js';
export { type ClockCheck, checkClock } from './retention/clock.js';
export { type Erased, erasedSchema, type VerifiedErased, verifyErased } from './retention/erased.js';
export { type PurgeApproval, purgeApprovalSchema } from './retention/purge-approval.js';
export { type PurgePlan, purgePlanSchema, readPurgePlan } from './retention/purge-plan.js';
export { STATUTORY, type StatutoryBasis, statutoryUntil } from './retention/statutory.js';

// What is decided about a record, and the catalogue of fields.
export { type FieldDefinition, type FieldName, FIELDS, fieldOf } from './dataset/fields.js';
export { citationOf, fullCitationOf, LAWS, type Law, lawOf } from './policy/laws.js';
export { policyDigest } from './policy/pack.js';
export { CURRENT_POLICY, POLICY_PACKS } from './policy/packs.js';
export type { PolicyPack } from './policy/rules.js';
export { REASONS, type ReasonDefinition, VERDICTS, type Verdict } from './policy/reasons.js';

// Problems, as data and in words.
export { HandoverError } from './messages/error.js';
export { EXIT, type ExitName } from './messages/exit.js';
export { LANGS, type Lang, type Sentence } from './messages/lang.js';
export { exitOf, PROBLEM_CODES, type Problem, type ProblemCode, sentenceOf } from './messages/problem.js';

// What a caller hands in.
export { type Random, type Sha256, systemRandom } from './base/crypto.js';
export { type CalendarDate, type Duration, type Instant, instantOf, readInstant } from './base/time.js';
export { noProgress, type Progress } from './report/progress.js';

// The command line itself, with the world handed in, and what it prints with --json.
export type { System } from './cli/system.js';
export { errorSchema, resultSchema } from './cli/results.js';
export { run } from './cli/run.js';
