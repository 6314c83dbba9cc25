/**
 * A model of IKEv2's exchanges (RFC 7296 §1.2-1.5): IKE_SA_INIT, IKE_AUTH, CREATE_CHILD_SA, INFORMATIONAL with the real messages, retransmission
 * and proof of the pre-shared key. What it lacks is the Diffie-Hellman computation (see modelKeys.ts) and the choice between proposals.
 */
import { areEqual, aesBlockLength } from '../crypto.ts';
import type { World } from '../kernel/world.ts';
import { decodeIke, encodeIke, ikeExchange, ikeNotify, ikePayload, ikeSpiLength, type IkeMessage, type IkePayload } from '../wire/ike.ts';
import { anySelectorBody, authBody, deleteIkeBody, espProposal, espSpiOf, identityBody, ikeProposal, keyExchangeBody, notifyBody, notifyTypeOf, word } from '../wire/ikePayloads.ts';
import type { AssociationPair, KeyExchange, KeyExchangeOwner } from './keyExchange.ts';
import { espKeyPair, ikeKeys, proof, type IkeKeys } from './modelKeys.ts';
import { openMessage, sealMessage } from './sealedMessage.ts';
import { Requests } from './requests.ts';
import { InboundAssociation, OutboundAssociation } from './securityAssociation.ts';

const nonceLength = 32;
/** SPIs up to 255 are reserved (RFC 4303 §2.1). */
const firstSpi = 256;
const noSpi = new Uint8Array(ikeSpiLength);

type Payloads = readonly IkePayload[];

export class ModelExchange implements KeyExchange {
  readonly isInitiator: boolean;
  readonly #world: World;
  readonly #owner: KeyExchangeOwner;
  readonly #requests: Requests;
  #spiI: Uint8Array = noSpi;
  #spiR: Uint8Array = noSpi;
  #nonceI: Uint8Array = new Uint8Array();
  #nonceR: Uint8Array = new Uint8Array();
  #firstI: Uint8Array = new Uint8Array();
  #firstR: Uint8Array = new Uint8Array();
  #keys: IkeKeys | null = null;
  #espSpi = 0;
  #isUp = false;
  /** Last request of the peer and what was said to it: the same question gets the same answer (RFC 7296 §2.1). */
  #answered: { readonly id: number; readonly answer: Uint8Array } | null = null;

  constructor(world: World, owner: KeyExchangeOwner, role: 'initiator' | 'responder') {
    this.#world = world;
    this.#owner = owner;
    this.isInitiator = role === 'initiator';
    this.#requests = new Requests(
      world,
      (message) => owner.sendMessage(message),
      () => this.#onSilence(),
    );
  }

  start(): void {
    this.#spiI = this.#random(ikeSpiLength);
    this.#nonceI = this.#random(nonceLength);
    this.#firstI = this.#initMessage(this.#nonceI, false);
    this.#requests.ask(this.#firstI, (bytes, message) => this.#onInitAnswer(bytes, message));
  }

  receive(bytes: Uint8Array): boolean {
    const message = decodeIke(bytes);
    if (message === undefined || !this.#owns(message)) return false;
    if (!message.isResponse) this.#onRequest(bytes, message);
    else if (message.isFromInitiator !== this.isInitiator) this.#requests.receive(bytes, message);
    return true;
  }

  probe(): void {
    if (this.#isUp && !this.#requests.isWaiting) this.#request(ikeExchange.informational, [], () => undefined);
  }

  rekey(): void {
    if (!this.#isUp || this.#requests.isWaiting) return;
    const spi = this.#newSpi();
    const nonce = this.#random(nonceLength);
    const payloads = [{ type: ikePayload.notify, body: notifyBody(ikeNotify.rekeySa, word(this.#espSpi)) }, ...childPayloads(spi, nonce)];
    this.#request(ikeExchange.createChild, payloads, (answer) => {
      const theirs = espSpiOf(bodyOf(answer, ikePayload.sa));
      if (theirs === undefined) return;
      this.#espSpi = spi;
      this.#owner.onRekeyed(this, this.#pair(spi, theirs, nonce, bodyOf(answer, ikePayload.nonce), true));
    });
  }

  close(): void {
    if (this.#isUp) this.#owner.sendMessage(this.#seal(ikeExchange.informational, false, this.#requests.nextId, [{ type: ikePayload.remove, body: deleteIkeBody() }]));
    this.stop();
  }

  stop(): void {
    this.#isUp = false;
    this.#requests.settle();
  }

  #onSilence(): void {
    this.#isUp = false;
    this.#owner.onFailed(this, 'peerSilent');
  }

  #owns(message: IkeMessage): boolean {
    if (this.#isFirst(message)) return !this.isInitiator && (this.#spiI === noSpi || areEqual(message.initiatorSpi, this.#spiI));
    return areEqual(message.initiatorSpi, this.#spiI) && (areEqual(message.responderSpi, this.#spiR) || this.#keys === null);
  }

  #isFirst(message: IkeMessage): boolean {
    return message.exchange === ikeExchange.init && !message.isResponse;
  }

  #onRequest(bytes: Uint8Array, message: IkeMessage): void {
    if (this.#answered?.id === message.messageId) return this.#owner.sendMessage(this.#answered.answer);
    if (this.#isFirst(message)) return this.#keys === null ? this.#answerInit(bytes, message) : undefined;
    const payloads = this.#open(bytes, message);
    if (payloads === undefined) return;
    const answer = this.#answerTo(message, payloads);
    if (answer === undefined) return;
    this.#answered = { id: message.messageId, answer };
    this.#owner.sendMessage(answer);
    this.#afterAnswer(message, payloads);
  }

  // IKE_SA_INIT

  #initMessage(nonce: Uint8Array, isResponse: boolean): Uint8Array {
    const payloads = [
      { type: ikePayload.sa, body: ikeProposal() },
      { type: ikePayload.keyExchange, body: keyExchangeBody((length) => this.#random(length)) },
      { type: ikePayload.nonce, body: nonce },
    ];
    return encodeIke({ ...this.#fields(ikeExchange.init, isResponse, 0), payloads, innerType: 0 });
  }

  #answerInit(bytes: Uint8Array, message: IkeMessage): void {
    const nonce = bodyOf(message.payloads, ikePayload.nonce);
    if (nonce.length === 0) return;
    this.#spiI = message.initiatorSpi;
    this.#nonceI = Uint8Array.from(nonce);
    this.#firstI = Uint8Array.from(bytes);
    this.#spiR = this.#random(ikeSpiLength);
    this.#nonceR = this.#random(nonceLength);
    this.#firstR = this.#initMessage(this.#nonceR, true);
    this.#deriveKeys();
    this.#answered = { id: 0, answer: this.#firstR };
    this.#owner.sendMessage(this.#firstR);
  }

  #onInitAnswer(bytes: Uint8Array, message: IkeMessage): void {
    const nonce = bodyOf(message.payloads, ikePayload.nonce);
    if (message.exchange !== ikeExchange.init || nonce.length === 0) return;
    this.#spiR = message.responderSpi;
    this.#nonceR = Uint8Array.from(nonce);
    this.#firstR = Uint8Array.from(bytes);
    const keys = this.#deriveKeys();
    this.#espSpi = this.#newSpi();
    const identity = identityBody(this.#owner.local);
    const code = proof(this.#owner.preSharedKey, this.#firstI, this.#nonceR, keys.initiatorProof, identity);
    const payloads = [{ type: ikePayload.idInitiator, body: identity }, { type: ikePayload.auth, body: authBody(code) }, ...childPayloads(this.#espSpi)];
    this.#request(ikeExchange.auth, payloads, (answer) => this.#onAuthAnswer(answer, keys));
  }

  #deriveKeys(): IkeKeys {
    this.#keys = ikeKeys(this.#nonceI, this.#nonceR, this.#spiI, this.#spiR);
    return this.#keys;
  }

  // IKE_AUTH

  #onAuthAnswer(answer: Payloads, keys: IkeKeys): void {
    const refusal = answer.find(({ type }) => type === ikePayload.notify);
    const code = proof(this.#owner.preSharedKey, this.#firstR, this.#nonceI, keys.responderProof, bodyOf(answer, ikePayload.idResponder));
    const theirs = espSpiOf(bodyOf(answer, ikePayload.sa));
    const isRefused = refusal !== undefined && notifyTypeOf(refusal.body) === ikeNotify.authenticationFailed;
    if (isRefused || theirs === undefined || !areEqual(bodyOf(answer, ikePayload.auth), authBody(code))) {
      this.stop();
      return this.#owner.onFailed(this, 'authenticationFailed');
    }
    this.#isUp = true;
    this.#owner.onEstablished(this, this.#pair(this.#espSpi, theirs, this.#nonceI, this.#nonceR, true));
  }

  #answerAuth(message: IkeMessage, payloads: Payloads, keys: IkeKeys): Uint8Array {
    const identity = identityBody(this.#owner.local);
    const expected = proof(this.#owner.preSharedKey, this.#firstI, this.#nonceR, keys.initiatorProof, bodyOf(payloads, ikePayload.idInitiator));
    const isProved = areEqual(bodyOf(payloads, ikePayload.auth), authBody(expected)) && espSpiOf(bodyOf(payloads, ikePayload.sa)) !== undefined;
    if (!isProved) return this.#seal(ikeExchange.auth, true, message.messageId, [{ type: ikePayload.notify, body: notifyBody(ikeNotify.authenticationFailed) }]);
    this.#espSpi = this.#newSpi();
    this.#isUp = true;
    const code = proof(this.#owner.preSharedKey, this.#firstR, this.#nonceI, keys.responderProof, identity);
    const answer = [{ type: ikePayload.idResponder, body: identity }, { type: ikePayload.auth, body: authBody(code) }, ...childPayloads(this.#espSpi)];
    return this.#seal(ikeExchange.auth, true, message.messageId, answer);
  }

  // Requests of the peer, once there are keys

  #answerTo(message: IkeMessage, payloads: Payloads): Uint8Array | undefined {
    const keys = this.#keys;
    if (keys === null) return undefined;
    if (message.exchange === ikeExchange.auth) return this.isInitiator || this.#isUp ? undefined : this.#answerAuth(message, payloads, keys);
    if (!this.#isUp) return undefined;
    this.#owner.onAlive(this);
    if (message.exchange === ikeExchange.informational) return this.#seal(ikeExchange.informational, true, message.messageId, []);
    return message.exchange === ikeExchange.createChild ? this.#answerRekey(message, payloads) : undefined;
  }

  #answerRekey(message: IkeMessage, payloads: Payloads): Uint8Array | undefined {
    const theirs = espSpiOf(bodyOf(payloads, ikePayload.sa));
    const nonce = bodyOf(payloads, ikePayload.nonce);
    if (theirs === undefined || nonce.length === 0) return undefined;
    const spi = this.#newSpi();
    const own = this.#random(nonceLength);
    this.#espSpi = spi;
    this.#owner.onRekeyed(this, this.#pair(spi, theirs, nonce, own, false));
    return this.#seal(ikeExchange.createChild, true, message.messageId, childPayloads(spi, own));
  }

  /** What follows from a request is done when its answer is on its way. */
  #afterAnswer(message: IkeMessage, payloads: Payloads): void {
    if (message.exchange === ikeExchange.auth) {
      const theirs = espSpiOf(bodyOf(payloads, ikePayload.sa));
      if (this.#isUp && theirs !== undefined) this.#owner.onEstablished(this, this.#pair(this.#espSpi, theirs, this.#nonceI, this.#nonceR, false));
      else this.#owner.onFailed(this, 'authenticationFailed');
      return;
    }
    if (!payloads.some(({ type }) => type === ikePayload.remove)) return;
    this.stop();
    this.#owner.onClosed(this);
  }

  /** `isAsker`: this side began the exchange in which the pair is made. */
  #pair(own: number, theirs: number, askerNonce: Uint8Array, otherNonce: Uint8Array, isAsker: boolean): AssociationPair {
    if (this.#keys === null) throw new Error('ESP keys need IKE keys');
    const { fromInitiator, fromResponder } = espKeyPair(this.#keys.derivation, askerNonce, otherNonce);
    return {
      inbound: new InboundAssociation(own, isAsker ? fromResponder : fromInitiator),
      outbound: new OutboundAssociation(theirs, isAsker ? fromInitiator : fromResponder),
    };
  }

  // Sealing and opening

  #request(exchange: number, payloads: Payloads, onAnswer: (answer: Payloads) => void): void {
    this.#requests.ask(this.#seal(exchange, false, this.#requests.nextId, payloads), (bytes, message) => {
      const answer = message.exchange === exchange ? this.#open(bytes, message) : undefined;
      if (answer === undefined) return;
      this.#requests.settle();
      this.#owner.onAlive(this);
      onAnswer(answer);
    });
  }

  #open(bytes: Uint8Array, message: IkeMessage): Payloads | undefined {
    if (this.#keys === null || message.isFromInitiator === this.isInitiator) return undefined;
    return openMessage(bytes, message, message.isFromInitiator ? this.#keys.fromInitiator : this.#keys.fromResponder);
  }

  #seal(exchange: number, isResponse: boolean, id: number, payloads: Payloads): Uint8Array {
    if (this.#keys === null) throw new Error('nothing is sealed before there are keys');
    const keys = this.isInitiator ? this.#keys.fromInitiator : this.#keys.fromResponder;
    return sealMessage(this.#fields(exchange, isResponse, id), payloads, keys, this.#random(aesBlockLength));
  }

  #fields(exchange: number, isResponse: boolean, messageId: number) {
    return { initiatorSpi: this.#spiI, responderSpi: this.#spiR, exchange, isFromInitiator: this.isInitiator, isResponse, messageId };
  }

  #newSpi(): number {
    return Math.max(firstSpi, this.#world.random.uint32());
  }

  #random(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#world.random.below(256));
  }
}

function bodyOf(payloads: Payloads, type: number): Uint8Array {
  return payloads.find((payload) => payload.type === type)?.body ?? new Uint8Array();
}

/** What a pair of ESP associations is agreed with; the nonce only where there is not one already. */
function childPayloads(spi: number, nonce?: Uint8Array): Payloads {
  return [
    { type: ikePayload.sa, body: espProposal(spi) },
    ...(nonce === undefined ? [] : [{ type: ikePayload.nonce, body: nonce }]),
    { type: ikePayload.selectorInitiator, body: anySelectorBody() },
    { type: ikePayload.selectorResponder, body: anySelectorBody() },
  ];
}
