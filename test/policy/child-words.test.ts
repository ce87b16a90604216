import { describe, expect, it } from 'vitest';
import { saysYounger } from '../../src/policy/child-words.js';

describe('an age in words', () => {
  it.each([
    ['乐乐 9岁', 9],
    ['乐乐 12 周岁', 12],
    ['乐乐九岁', 9],
    ['乐乐一岁', 1],
    ['乐乐两岁', 2],
    ['乐乐二岁', 2],
    ['乐乐十岁', 10],
    ['乐乐十二岁', 12],
    ['乐乐二十岁', 20],
    ['乐乐九十岁', 90],
    ['Tom, 9 years old', 9],
    ['Tom 11 yo', 11],
  ])('%s is %i years', (text, age) => {
    expect(saysYounger(text, age + 1)).toBe(true);
    expect(saysYounger(text, age)).toBe(false);
  });

  it.each(['王小朋友', '李乐乐（幼儿）', 'toddler', '乐乐 8个月大'])('%s is a child', (text) => {
    expect(saysYounger(text, 14)).toBe(true);
  });

  it.each(['乐乐妈妈（3岁）', '月嫂王姐', '岁月花店', '王岁寒'])('%s is none', (text) => {
    expect(saysYounger(text, 14)).toBe(false);
  });

  it('counts whoever is at an upper secondary school where more than sixteen years are asked for', () => {
    expect(saysYounger('高中生', 16)).toBe(false);
    expect(saysYounger('高中生', 18)).toBe(true);
  });
});
